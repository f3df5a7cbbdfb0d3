package dev.signet.flow;

import java.io.File;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The WAR that Maven built, deployed on the server under test; the tests are its clients.
 *
 * <p>A server start takes far longer than a test, so each start serves one class, which collects
 * all flows that apply to it.
 */
@ExtendWith(ArquillianExtension.class)
abstract class Deployed implements Flow {
  @Deployment(testable = false)
  static WebArchive signet() {
    return ShrinkWrap.create(ZipImporter.class, "signet.war")
        .importFrom(new File(System.getProperty(ServerSession.WAR)))
        .as(WebArchive.class);
  }
}
