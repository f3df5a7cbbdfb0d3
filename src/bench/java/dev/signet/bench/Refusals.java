package dev.signet.bench;

import java.io.IOException;
import java.util.Arrays;

/**
 * How long a refused login takes, in milliseconds: a difference would tell which accounts exist.
 * One request at a time, by turns.
 */
record Refusals(double wrongPassword, double unknownUser) {
  private static final int TRIES = 200;

  /** Not the user of the other figures, who has to get in again. */
  private static final String REFUSED = "refused";

  static Refusals measure(Server server) throws IOException, InterruptedException {
    double[] wrongPassword = new double[TRIES];
    double[] unknownUser = new double[TRIES];
    server.post("/api/register", Server.credentials(REFUSED));
    for (int i = 0; i < TRIES; i++) {
      wrongPassword[i] = refusal(server, Server.credentials(REFUSED, "wrong-horse-battery-9"));
      unknownUser[i] = refusal(server, Server.credentials("nobody" + i, "wrong-horse-battery-9"));
    }
    return new Refusals(median(wrongPassword), median(unknownUser));
  }

  /** As a part of the longer time. */
  double difference() {
    return Math.abs(wrongPassword - unknownUser) / Math.max(wrongPassword, unknownUser);
  }

  private static double refusal(Server server, String credentials)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    int status = server.post("/api/login", credentials).statusCode();
    if (status != 401) {
      throw new IOException("A wrong login was answered with " + status);
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(double[] times) {
    Arrays.sort(times);
    return times[times.length / 2];
  }
}
