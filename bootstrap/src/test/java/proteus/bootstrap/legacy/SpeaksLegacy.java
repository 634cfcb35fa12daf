package proteus.bootstrap.legacy;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** A test whose nodes speak over the legacy stack: skipped in a build that has none, by a property that the POM sets. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@DisabledIfSystemProperty(
        named = "proteus.legacy.sources",
        matches = "no-legacy",
        disabledReason = "this build has no legacy stack")
public @interface SpeaksLegacy {}
