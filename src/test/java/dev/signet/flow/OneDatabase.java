package dev.signet.flow;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Of what the database has no part in: a test that runs with one of them, on each server. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(
    named = ServerSession.RUN,
    matches = "payara-h2|(wildfly|liberty)-postgresql")
@interface OneDatabase {}
