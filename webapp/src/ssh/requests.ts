/** Messages that the library does not have, or not whole: RFC 4254 §5.2 and §6, RFC 4256 §3.1. */
import { Buffer } from './runtime';
import { AuthenticationRequestMessage, ChannelMessage, ChannelRequestMessage, type SshDataWriter } from '@microsoft/dev-tunnels-ssh';

const TERMINAL = 'xterm-256color';
/** IUTF8 (RFC 8160) on, then the end of the modes. */
const MODES = Uint8Array.of(42, 0, 0, 0, 1, 0);

export class PtyRequest extends ChannelRequestMessage {
  constructor(
    private readonly columns: number,
    private readonly rows: number,
  ) {
    super('pty-req', true);
  }

  protected override onWrite(writer: SshDataWriter): void {
    super.onWrite(writer);
    writer.writeString(TERMINAL, 'ascii');
    for (const value of [this.columns, this.rows, 0, 0]) writer.writeUInt32(value);
    writer.writeBinary(Buffer.from(MODES));
  }
}

export class WindowChange extends ChannelRequestMessage {
  constructor(
    private readonly columns: number,
    private readonly rows: number,
  ) {
    super('window-change', false);
  }

  protected override onWrite(writer: SshDataWriter): void {
    super.onWrite(writer);
    for (const value of [this.columns, this.rows, 0, 0]) writer.writeUInt32(value);
  }
}

export class WindowAdjust extends ChannelMessage {
  constructor(
    channel: number,
    private readonly bytes: number,
  ) {
    super();
    this.recipientChannel = channel;
  }

  override get messageType(): number {
    return 93;
  }

  protected override onWrite(writer: SshDataWriter): void {
    super.onWrite(writer);
    writer.writeUInt32(this.bytes);
  }
}

export class SubsystemRequest extends ChannelRequestMessage {
  constructor(private readonly subsystem: string) {
    super('subsystem', true);
  }

  protected override onWrite(writer: SshDataWriter): void {
    super.onWrite(writer);
    writer.writeString(this.subsystem, 'ascii');
  }
}

/** The library's own leaves the language and the submethods out, and OpenSSH refuses it. */
export class InteractiveRequest extends AuthenticationRequestMessage {
  constructor(request: AuthenticationRequestMessage) {
    super();
    Object.assign(this, { username: request.username, serviceName: request.serviceName, methodName: request.methodName });
  }

  protected override onWrite(writer: SshDataWriter): void {
    super.onWrite(writer);
    writer.writeString('', 'ascii');
    writer.writeString('', 'ascii');
  }
}
