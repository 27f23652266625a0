const copiesBits = 8;
/** An entry of a bag is the number of a flyweight with its copies above. */
export const numberMask = 0xffffff;
export const copiesShift = 32 - copiesBits;
/** Copies of one element, at most. */
export const copiesMax = 255;
