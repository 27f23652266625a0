export interface Address {
  readonly host: string;
  readonly port: number;
}

const PORT_MAX = 65_535;

/**
 * The first field of a contact, "host:port" or "[IPv6]:port"; other fields are the business of others, as is the
 * address for clients. Null where it is none.
 */
export function addressOf(contact: string): Address | null {
  const field = contact.trim().split(/\s+/)[0] ?? "";
  const match = /^(?:\[([0-9a-fA-F:.%]+)\]|([^:\s[\]]+)):([0-9]{1,5})$/.exec(field);
  if (match === null) return null;
  const port = Number(match[3]);
  return port > PORT_MAX ? null : { host: match[1] ?? match[2] ?? "", port };
}

export function textOf({ host, port }: Address): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
