/** Shown beside the settings of an instance: what a site must have ready. */
export const detailedDescription = `Use a user name and a password of an administrator of the Proofpoint Protection Server (PPS).

### What the account needs
- A role of type **API**. Proofpoint on Demand administrators ask Proofpoint support for it, by a ticket; on premises you make the role yourself.
- These modules under **Managed Modules** of the role: **Quarantine** for everything about quarantined mail, **pss** for smart search, and **enduser** for the commands about users and their sender lists.
- Single-sign-on accounts cannot be used.

### What the server needs
- Port **10000** must be reachable from the XSOAR server or engine: \`https://pps.example.com:10000\`.
- On premises, set \`com.proofpoint.admin.apigui.enable=t\` in \`filter.cfg\`.

### What is optional
- **Quarantine Folders**: PPS has no call that lists its folders. Name those of your site, one a line, where they are not the usual ones.
- **Threat Protection**: the blocklist and safelist of the whole organisation are kept by a cloud API with a key of its own, for Proofpoint on Demand alone. Everything else works without it.

Run one integration for PPS at a time: a command that two active instances offer is carried out by both, so that a message would be released twice.
`;
