/** A property that does not hold. It ends the run: what comes after it means nothing. */
export class Violation extends Error {
  override readonly name = "Violation";
  readonly property: string;
  readonly server: string;

  constructor(property: string, server: string, what: string) {
    super(what);
    this.property = property;
    this.server = server;
  }
}
