package dev.signet;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.signet.domain.database.NodeClock;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateless;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.config.ConfigProvider;

/** Imports go downwards only, and each outside thing has one home. */
@AnalyzeClasses(packages = "dev.signet", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /** Completes the API description while the WAR is built, and stays out of it. */
  private static final String DESCRIPTION = "dev.signet.description..";

  private static final String BASE = "dev.signet.base..";
  private static final String DATASOURCE = "dev.signet.datasource..";
  private static final String DOMAIN = "dev.signet.domain..";
  private static final String WEB = "dev.signet.web..";
  private static final String ENDPOINTS = "dev.signet.endpoint..";

  @ArchTest
  static final ArchRule importsGoDownTheRings =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("dev.signet..")
          .layer("description")
          .definedBy(DESCRIPTION)
          .layer("applications")
          .definedBy("dev.signet")
          .layer("endpoints")
          .definedBy(ENDPOINTS)
          .layer("web")
          .definedBy(WEB)
          .layer("domain")
          .definedBy(DOMAIN)
          .layer("base")
          .definedBy(BASE)
          .layer("datasource")
          .definedBy(DATASOURCE)
          .whereLayer("description")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("applications")
          .mayOnlyBeAccessedByLayers("description")
          .whereLayer("endpoints")
          .mayOnlyBeAccessedByLayers("applications")
          .whereLayer("web")
          .mayOnlyBeAccessedByLayers("applications", "endpoints")
          .whereLayer("domain")
          .mayOnlyBeAccessedByLayers("applications", "endpoints", "web")
          .whereLayer("base")
          .mayOnlyBeAccessedByLayers("description", "applications", "endpoints", "web", "domain")
          .ensureAllClassesAreContainedInArchitecture();

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.signet.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule endpointsDoNotImportEachOther =
      slices().matching("dev.signet.endpoint.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule onlyEndpointsAndWebKnowServlets =
      onlyIn("jakarta.servlet..", ENDPOINTS, WEB);

  /** The applications are the composition root. */
  @ArchTest
  static final ArchRule onlyEndpointsAndWebKnowJaxRs =
      onlyIn("jakarta.ws.rs..", ENDPOINTS, WEB, "dev.signet", DESCRIPTION);

  @ArchTest static final ArchRule onlyTheDomainKnowsJpa = onlyIn("jakarta.persistence..", DOMAIN);

  @ArchTest
  static final ArchRule onlyKeysAndJoseKnowTheJoseLibrary =
      onlyIn("com.nimbusds..", "dev.signet.domain.keys", "dev.signet.domain.jose");

  @ArchTest
  static final ArchRule onlyCredentialKnowsPassword4j =
      onlyIn("com.password4j..", "dev.signet.domain.credential");

  @ArchTest
  static final ArchRule onlyCredentialKnowsZxcvbn =
      onlyIn("com.nulabinc..", "dev.signet.domain.credential");

  @ArchTest
  static final ArchRule onlyGuardKnowsBucket4j =
      onlyIn("io.github.bucket4j..", "dev.signet.domain.guard");

  @ArchTest
  static final ArchRule onlyDatabaseKnowsFlyway =
      onlyIn("org.flywaydb..", "dev.signet.domain.database");

  @ArchTest
  static final ArchRule onlyMetricsKnowsPrometheus =
      onlyIn("io.prometheus..", "dev.signet.base.metrics..");

  /** One server does not have it, and must not need the class. */
  @ArchTest
  static final ArchRule onlyItsCustomizerKnowsEclipseLink =
      noClasses()
          .that()
          .doNotHaveSimpleName("PromptFailure")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.persistence..");

  @ArchTest
  static final ArchRule onlyTheDataSourceKnowsDrivers =
      noClasses()
          .that(not(resideInAPackage(DATASOURCE)))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.h2..", "org.postgresql..");

  /** One server loads the data source from outside the WAR, where nothing else of Signet is. */
  @ArchTest
  static final ArchRule theDataSourceStandsAlone =
      noClasses()
          .that()
          .resideInAPackage(DATASOURCE)
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.signet..").and(not(resideInAPackage(DATASOURCE))));

  @ArchTest
  static final ArchRule configurationIsReadInItsHome =
      noClasses()
          .that(not(resideInAnyPackage("dev.signet.base.settings", DATASOURCE)))
          .should()
          .dependOnClassesThat()
          .areAssignableTo(ConfigProvider.class);

  @ArchTest
  static final ArchRule ejbIsTheOneTransactionMechanism =
      noClasses().should().dependOnClassesThat().resideInAPackage("jakarta.transaction..");

  @ArchTest
  static final ArchRule sessionBeansAreInTheDomainOrStartIt =
      classes()
          .that()
          .areAnnotatedWith(Stateless.class)
          .or()
          .areAnnotatedWith(Singleton.class)
          .should()
          .resideInAnyPackage(DOMAIN, "dev.signet.endpoint.ops");

  @ArchTest
  static final ArchRule timeComesFromTheClock =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(OffsetDateTime.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  /** Everything else goes by the clock of the database, which all nodes share. */
  @ArchTest
  static final ArchRule theClockOfTheMachineHasOneHome =
      noClasses()
          .that()
          .doNotHaveSimpleName("NodeClock")
          .should()
          .callMethod(Clock.class, "systemUTC");

  @ArchTest
  static final ArchRule onlyTheDatabasesClockReadsTheClockOfTheMachine =
      noClasses()
          .that()
          .doNotHaveSimpleName("DatabaseClock")
          .should()
          .callMethod(NodeClock.class, "instant");

  @ArchTest
  static final ArchRule onlyTheBannerWritesToTheConsole =
      noClasses()
          .that()
          .doNotHaveSimpleName("Banner")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(PrintStream.class);

  private static ArchRule onlyIn(String library, String... homes) {
    return noClasses()
        .that(not(resideInAnyPackage(homes)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }
}
