/** How a change of a row is written down, word by word. Literal numbers only, for the bundler to put in place. */

/** The words of a change: the fingerprint of the changed row, */
export const C_LOW = 0;
export const C_HIGH = 1;
/** where the row of the parent begins in its chunk, and the parent's number, */
export const C_ROW = 2;
export const C_PARENT = 3;
/** the counters of the new header, */
export const C_HEADER = 4;
/** which words change, and what they become, */
export const C_PLACES = 5;
export const C_WORD = 6;
export const C_WORD2 = 7;
/** the content of a message that is sent, zero for none, */
export const C_SEND = 8;
/** and where in the row that message stands already, zero for nowhere: filled in with the fingerprint. */
export const C_SENT = 9;
export const C_WORDS = 10;

/** `places`: where `word` goes in the row (4 bits), where `word2` goes (4, zero for none), and two more. */
export const SECOND = 4;
/** The message is also sent to all servers with higher numbers than its receiver, its sender left out. */
export const TO_ALL = 1 << 8;
export const REST = TO_ALL | (15 << SECOND);
/** Where in the row the message stands that loses a copy, zero for none. */
export const DISCARD = 9;
