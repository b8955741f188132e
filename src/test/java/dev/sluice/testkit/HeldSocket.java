package dev.sluice.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;

/** A socket that can hold back what is written to it, to send it as one. One thread writes. */
final class HeldSocket extends Socket {

  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private boolean holding;

  /** Holds back what is written from now on. */
  void hold() {
    holding = true;
  }

  /** Sends what has been held but for its last {@code still} bytes; with zero, ends the holding. */
  void letGo(int still) throws IOException {
    if (!holding) {
      return;
    }
    byte[] all = held.toByteArray();
    held.reset();
    super.getOutputStream().write(all, 0, all.length - still);
    held.writeBytes(Arrays.copyOfRange(all, all.length - still, all.length));
    holding = still > 0;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    OutputStream out = super.getOutputStream();
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (holding) {
          held.write(bytes, offset, length);
        } else {
          out.write(bytes, offset, length);
        }
      }

      @Override
      public void close() throws IOException {
        HeldSocket.this.close();
      }
    };
  }
}
