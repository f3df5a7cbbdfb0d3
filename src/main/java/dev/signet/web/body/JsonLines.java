package dev.signet.web.body;

import java.io.IOException;
import java.io.OutputStream;

/** Writes records as JSON, one per line, for lists that are too long for a single value. */
public final class JsonLines {
  /** The common name, which is not registered. */
  public static final String MEDIA_TYPE = "application/x-ndjson";

  private JsonLines() {}

  /** Writes one line. */
  public static void write(Record value, OutputStream out) throws IOException {
    out.write(Json.write(value));
    out.write('\n');
  }
}
