package dev.signet.datasource;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signet.domain.database.TestPostgres;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

class PoolerTest {
  @RegisterExtension private static final TestPostgres POSTGRES = new TestPostgres();

  @Test
  void behindPoolerStatementsAreNotPreparedOnTheServer() throws Exception {
    try (Relay pooler = new Relay(POSTGRES.server().getPort());
        Connection session = Pooler.open(database(pooler.port()))) {
      assertEquals(0, session.unwrap(PGConnection.class).getPrepareThreshold());
    }
  }

  @Test
  void withoutPoolerTheDriverPreparesWhatIsUsedOften() throws SQLException {
    try (Connection session = Pooler.open(database(POSTGRES.server().getPort()))) {
      assertEquals(5, session.unwrap(PGConnection.class).getPrepareThreshold());
    }
  }

  private static PGSimpleDataSource database(int port) {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setServerNames(new String[] {"localhost"});
    database.setPortNumbers(new int[] {port});
    database.setUser("postgres");
    database.setSslMode("disable");
    database.setGssEncMode("disable");
    return database;
  }

  /**
   * Answers as PgBouncer does: the process of the key to cancel requests (BackendKeyData, section
   * 54.7 of PostgreSQL's manual) is its own and not the server's.
   */
  private static final class Relay implements AutoCloseable {
    private static final char KEY = 'K';

    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int server;

    Relay(int server) throws IOException {
      this.server = server;
      threads.execute(this::accept);
    }

    int port() {
      return listener.getLocalPort();
    }

    private void accept() {
      try (Socket client = listener.accept();
          Socket database = new Socket("localhost", server)) {
        threads.execute(() -> ask(client, database));
        answer(
            new DataInputStream(database.getInputStream()),
            new DataOutputStream(client.getOutputStream()));
      } catch (EOFException e) {
        return; // The session has ended.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void ask(Socket client, Socket database) {
      try {
        client.getInputStream().transferTo(database.getOutputStream());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void answer(DataInputStream from, DataOutputStream to) throws IOException {
      while (true) {
        int type = from.readByte();
        int length = from.readInt();
        byte[] body = from.readNBytes(length - 4);
        if (type == KEY) {
          body[3] ^= 1;
        }
        to.writeByte(type);
        to.writeInt(length);
        to.write(body);
        to.flush();
      }
    }

    @Override
    public void close() throws IOException {
      threads.shutdownNow();
      listener.close();
    }
  }
}
