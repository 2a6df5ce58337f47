import { toYaml } from "../../../xsoar/build/yaml-text.ts";
import type { Files } from "../archive.ts";
import { packageFacts } from "../package-facts.ts";
import { type DescribedPlaybook, type DescribedStep, describePlaybook } from "./described-playbook.ts";
import { playbookFacts } from "./playbook-facts.ts";
import { playbooks } from "./playbooks.ts";

/** The playbooks as Google's packaging tool takes them, a folder each (secops-platform.md 7.1): contents by path. */
export function makePlaybookFolders(): Files {
  const files: Record<string, string> = {};
  for (const playbook of playbooks.map(describePlaybook)) {
    const parts: Record<string, object> = {
      definition: definitionOf(playbook),
      display_info: displayOf(playbook),
      trigger: triggerOf(playbook),
      overviews: [],
      release_notes: notesOf(playbook),
    };
    for (const step of playbook.steps) parts[`steps/${fileNameOf(step)}`] = stepOf(playbook, step);
    for (const [name, part] of Object.entries(parts)) files[`${playbook.stem}/${name}.yaml`] = toYaml(part);
  }
  return files;
}

function definitionOf({ id, name, description }: DescribedPlaybook): object {
  return {
    identifier: id,
    is_enable: false,
    version: playbookFacts.version,
    name,
    description,
    debug_alert_identifier: null,
    debug_base_alert_identifier: null,
    is_debug_mode: false,
    type: "playbook",
    template_name: null,
    original_workflow_identifier: id,
    version_comment: null,
    version_creator: null,
    creator: packageFacts.creator,
    priority: playbookFacts.priority,
    category: playbookFacts.category,
    is_automatic: true,
    is_archived: false,
    last_editor: null,
    default_access_level: "edit",
    creation_source: "user_or_api_initiated",
    simulation_clone: false,
    permissions: [],
    environments: playbookFacts.environments,
  };
}

function displayOf({ name }: DescribedPlaybook): object {
  return {
    type: "playbook",
    content_hub_display_name: name,
    author: packageFacts.creator,
    contact_email: "",
    tags: playbookFacts.tags,
    contribution_type: "third_party",
    should_display_in_content_hub: false,
    acknowledge_debug_data_included: true,
  };
}

function triggerOf({ id, triggerId, triggers }: DescribedPlaybook): object {
  return {
    identifier: triggerId,
    is_enabled: true,
    playbook_id: id,
    type_: "case_data",
    conditions: triggers.map(({ field, match, value }) => ({
      field_name: field,
      value,
      match_type: match,
      custom_operator_name: null,
    })),
    logical_operator: "or",
    environments: playbookFacts.environments,
    playbook_name: null,
  };
}

function notesOf({ name }: DescribedPlaybook): object[] {
  return [
    {
      description: playbookFacts.note,
      version: playbookFacts.version,
      item_name: name,
      item_type: "Playbook",
      publish_time: playbookFacts.day,
      new: true,
      regressive: false,
      deprecated: false,
      removed: false,
    },
  ];
}

function stepOf({ id: playbookId }: DescribedPlaybook, step: DescribedStep): object {
  return {
    name: step.name,
    description: step.description,
    identifier: step.id,
    original_step_id: step.id,
    playbook_id: playbookId,
    parent_step_ids: step.parentId === "" ? [] : [step.parentId],
    parent_step_id: step.parentId,
    instance_name: step.instanceName,
    is_automatic: step.isAutomatic,
    is_skippable: false,
    action_provider: step.provider,
    start_loop_step_id: null,
    parameters: Object.entries(step.parameters).map(([name, value]) => ({
      step_id: step.id,
      playbook_id: playbookId,
      name,
      value,
    })),
    action_name: step.action,
    parallel_actions: [],
    integration: step.integration,
    parent_container_id: null,
    is_touched_by_ai: false,
    is_debug_mock_data: false,
    step_debug_data: null,
    auto_skip_on_failure: step.isSkippedOnFailure,
    previous_result_condition: step.condition,
    type: step.type,
  };
}

/** The name in small letters and the first five digits of its id, as Google's tool writes it. */
function fileNameOf({ instanceName, id }: DescribedStep): string {
  return `${instanceName.toLowerCase().replace(/[^a-z0-9]+/g, "_")}_${id.slice(0, 5)}`;
}
