import { constants, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createSecureContext, type SecureContextOptions } from "node:tls";
import type { NodeId } from "../core/entry.ts";
import { type TlsFiles, TransportError } from "./options.ts";

/** What servers show each other, and whom they trust. */
export interface Certificates {
  readonly options: SecureContextOptions;
  /** Changes when a file does. */
  readonly fingerprint: string;
}

/** Both ends are ours, so there is no older version to put up with. */
const TLS_VERSION = "TLSv1.3";

/** Reads the files and checks that they fit together and that the certificate is `id`'s. Rejects with `TransportError`. */
export async function loadCertificates(files: TlsFiles, id: NodeId): Promise<Certificates> {
  const cert = await read(files.cert, "certificate");
  const key = await read(files.key, "key");
  const ca = await read(files.ca, "certificate authority");
  // Without tickets every connection is checked against the authority of today.
  const secureOptions = constants.SSL_OP_NO_TICKET;
  const options: SecureContextOptions = { cert, key, ca, minVersion: TLS_VERSION, secureOptions };
  try {
    createSecureContext(options);
  } catch (error) {
    throw badCertificate(`certificate, key and authority do not fit together: ${messageOf(error)}`, files.cert, error);
  }
  if (!isCertificateOf(new X509Certificate(cert), id)) {
    throw badCertificate(`the certificate does not name this server, ${id}`, files.cert, undefined);
  }
  return { options, fingerprint: [cert, key, ca].join("\n") };
}

/**
 * Whether the certificate has the id as a DNS name or as its common name, letter for letter. Wildcards name nobody.
 * OpenSSL compares, since names in certificates may contain whatever separates them in print.
 */
export function isCertificateOf(certificate: X509Certificate, id: NodeId): boolean {
  return id !== "" && certificate.checkHost(id, { subject: "always", wildcards: false }) === id;
}

async function read(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw badCertificate(`the ${what} file cannot be read: ${messageOf(error)}`, path, error);
  }
}

function badCertificate(message: string, path: string, cause: unknown): TransportError {
  const hint = "check the three files under tls; the certificate needs the server's id as DNS name or common name";
  return new TransportError("bad-certificate", message, path, hint, cause);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
