const scalar = "no type lets an author put another value there";
const ours = "only a defect of lockstep raises it";
const hidden = "a reader of the sources finds no spec that raises it: the loader refuses those that would";

/** Errors that docs/errors.md does not show, in the order of the sources, and why no entry can. */
export const unshown: Readonly<Record<string, string>> = {
  "spec/lang/itf/write.ts: a part that is switched off has no values": ours,
  "spec/lang/plain/codec.ts: true or false": scalar,
  "spec/lang/plain/permutation.ts: symmetry over ... means ... renamings of every state, and ... are the most":
    "the size is refused before, with the size at which it is possible",
  "spec/lang/plain/writer.ts: the state has ... ..., and ... is the most": "it takes a collection of 65,536 elements",
  "spec/lang/schema.ts: id(...): the id set is empty, so the field has no value":
    "the constants of a spec are never empty",
  "checker/source/purity/scalarsets.ts: ... makes an id out of something else; ids come from the constants of the protocol":
    "the compiler refuses the same line first",
  "checker/source/purity/scalarsets.ts: ... takes an id for something else; ...":
    "the compiler refuses the same line first",
  "checker/reference/reference.ts: ...: ... is temporal, and is not checked yet: choose the other properties":
    "the commands refuse the model before",
  "checker/reference/semantics.ts: ...: ... is declared symmetric but is not an id set": "the types refuse it",
  "checker/search/reference-engine.ts: a step that was found is not found again from the same state":
    "it comes out as the entry of a run that contradicts itself",
  "checker/compile/memory.ts: there is no bag ...": ours,
  "checker/compile/places/cells.ts: true or false": scalar,
  "checker/compile/places/map.ts: the map has no place ...": ours,
  "checker/compile/places/slot.ts: dead elements are those of a set or bag with a large domain": hidden,
  "checker/compile/renamed-rows.ts: there is no renaming ...": ours,
  "checker/compile/renamed-rows.ts: a renaming moves every bag to another": ours,
  "checker/compile/tries.ts: a function of the spec read the same values of the state as before, and then went another way":
    "it comes out as the entry of a run that contradicts itself",
  "checker/parallel/registry.ts: the model has more different messages than there is room for":
    "it takes millions of different messages",
  "checker/parallel/together.ts: a guard, an effect or a property does not come to an end":
    "it takes threads and ten seconds",
  "checker/engines.ts: an exact search keeps no checkpoints": "the command line refuses it before",
  "checker/engines.ts: an exact search keeps nothing on disk": "the command line refuses it before",
  "cli/checkpoints.ts: the checkpoint could not be read: ...": "it takes a disk that fails",
  "cli/checkpoints.ts: the checkpoint was not written to ...: ...": "it takes a disk that fails",
  "cli/spilling.ts: the disk that the search goes on on failed: ...": "it takes a disk that fails",
};
