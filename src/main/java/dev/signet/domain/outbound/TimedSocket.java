package dev.signet.domain.outbound;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/**
 * A socket that cannot be read after a deadline, not even by TLS on top of it. The timeout of an
 * ordinary socket restarts with each byte.
 */
final class TimedSocket extends Socket {
  private final Deadline deadline;

  TimedSocket(Deadline deadline) {
    this.deadline = deadline;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        setSoTimeout(deadline.left());
        return super.read();
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        setSoTimeout(deadline.left());
        return super.read(bytes, offset, length);
      }
    };
  }
}
