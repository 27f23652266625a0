/**
 * Telling one's term: a server that meets an older term may say which term it is, instead of an answer that a stale leader
 * or candidate would take for one to its request. Whatever a server does with the request itself, it may ignore it: that
 * is a message lost (`loss`).
 */
import { handleTermNotice } from "./handle-term-notice.ts";
import { tellTerm } from "./tell-term.ts";

export const tellTermActions = [tellTerm, handleTermNotice];
