package dev.signet.endpoint.admin;

import dev.signet.base.paging.Page;
import dev.signet.domain.client.RegisteredClient;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A page of clients.
 *
 * @param next the value of {@code after} for the next page, or null
 */
record ClientList(List<ClientView> items, @Schema(nullable = true) String next) {
  static ClientList of(Page<RegisteredClient> page) {
    return new ClientList(
        page.items().stream().map(client -> ClientView.of(client, Optional.empty())).toList(),
        page.next().orElse(null));
  }
}
