/* biome-ignore-all lint format: this runs in ES5 engines, sloppy mode included */
// Stands where the server puts its CommonServer.js: in the same function as the script, before or after it.
commonServerIsThere = true;

// Credentials from the vault. As on the server, the loop ends at the first parameter that is null.
for (var parameterName in params) {
  if (params[parameterName] === null) break;
  var fromVault = params[parameterName].credentials;
  if (fromVault && fromVault.vaultInstanceId) {
    params[parameterName].identifier = fromVault.user;
    params[parameterName].password = fromVault.password;
  }
}

// Unlike what the integration prints: a script that used these would show it.
function tableToMarkdown(name, rows) { return "### the server's own table of " + rows.length; }
function argToList(value) { return String(value).split(","); }
function run() { throw "The server's own function was called."; }
