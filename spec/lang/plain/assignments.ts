/** A field and where it was assigned. */
interface Assigned {
  value: unknown;
  /** An error that was made at the last assignment, for its stack; null where there was none. */
  by: Error | null;
}

/**
 * Which line assigned a scalar field last. A scalar may leave its bound while an effect runs, so it is checked when the
 * effect has ended, and the stack of the error has no line of the author's then. Records that are read with this have
 * accessors that remember; it is made for one effect that is known to fail.
 */
export class Assignments {
  #read: Assigned | null = null;

  /** Gives a record this field. */
  define(place: Record<string, unknown>, name: string, first: unknown): void {
    const field: Assigned = { value: first, by: null };
    Object.defineProperty(place, name, {
      get: () => {
        this.#read = field;
        return field.value;
      },
      set: (next: unknown) => {
        field.value = next;
        field.by = new Error("a field is assigned");
      },
      enumerable: true,
      configurable: true,
    });
  }

  /** Forgets what was read. */
  begin(): void {
    this.#read = null;
  }

  /** The last assignment of the field that was read last. */
  get last(): Error | null {
    return this.#read?.by ?? null;
  }
}
