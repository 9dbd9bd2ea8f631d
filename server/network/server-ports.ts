/** Where this server listens. A command's own, short-lived server is for nobody else and leaves it null. */
export class ServerPorts {
  http: number | null = null;
}
