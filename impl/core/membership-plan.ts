import { type Configuration, membersOf } from "./configuration.ts";
import type { NodeId } from "./entry.ts";
import type { Change } from "./event.ts";

/** Why this change makes no sense, as a sentence; null where it does. */
export function changeProblem(latest: Configuration, { add, addLearners, remove }: Change): string | null {
  const added = [...add, ...addLearners].map((member) => member.id);
  const members = membersOf(latest);
  if (added.length + remove.length === 0) return "nothing is added and nothing is removed";
  const twice = [...added, ...remove].find((id, i, all) => all.indexOf(id) !== i);
  if (twice !== undefined) return `${twice} is named twice`;
  const known = added.find(
    (id) => latest.voters.includes(id) || addLearners.some((one) => one.id === id && members.includes(id)),
  );
  if (known !== undefined) return `${known} is a member already`;
  const stranger = remove.find((id) => !members.includes(id));
  if (stranger !== undefined) return `${stranger} is no member`;
  const stay = latest.voters.filter((id) => !remove.includes(id));
  if (stay.length + add.length === 0) return "the last voter would be removed";
  return null;
}

/**
 * The first configuration of a change. New voters are learners until they have caught up, because a voter that has
 * nothing counts against every majority. Learners come and go in one step: they decide nothing.
 */
export function firstStep(latest: Configuration, { add, addLearners, remove }: Change): Configuration {
  const promoting = add.map((member) => member.id).sort();
  const removing = remove.filter((id) => latest.voters.includes(id)).sort();
  const kept = latest.learners.filter((id) => !remove.includes(id) && !promoting.includes(id));
  const learners = [...kept, ...promoting, ...addLearners.map((member) => member.id)].sort();
  const contacts = {
    ...without(
      latest.contacts,
      remove.filter((id) => !removing.includes(id)),
    ),
  };
  for (const member of [...add, ...addLearners]) contacts[member.id] = member.contact;
  return { ...latest, learners, promoting, removing, contacts };
}

/** Takes learners out, and out of the change that waits for them. Nothing is left of a change that waits for nobody. */
export function withoutLearners(latest: Configuration, remove: readonly NodeId[]): Configuration {
  const promoting = latest.promoting.filter((id) => !remove.includes(id));
  return {
    ...latest,
    learners: latest.learners.filter((id) => !remove.includes(id)),
    promoting,
    removing: promoting.length === 0 ? [] : latest.removing,
    contacts: without(latest.contacts, remove),
  };
}

function without(contacts: Configuration["contacts"], ids: readonly NodeId[]): Record<NodeId, string> {
  return Object.fromEntries(Object.entries(contacts).filter(([id]) => !ids.includes(id)));
}
