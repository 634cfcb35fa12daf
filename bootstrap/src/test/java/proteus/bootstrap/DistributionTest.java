package proteus.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.bootstrap.legacy.LegacyStack;

/** The folder that the build leaves and {@code ./proteus} runs. */
@Tag("distribution")
class DistributionTest {

    private static final Path DISTRIBUTION = Path.of(System.getProperty("proteus.distribution"));
    private static final Path LIB = DISTRIBUTION.resolve("lib");

    @Test
    void everyJarIsAModuleAndAllOfThemResolveTogether() throws IOException {
        Set<String> names = descriptors().stream().map(ModuleDescriptor::name).collect(Collectors.toSet());

        // Throws when a module is missing, or when two of them hold one package.
        Configuration graph = Configuration.empty().resolve(ModuleFinder.of(LIB), ModuleFinder.ofSystem(), names);

        assertThat(graph.modules()).extracting(ResolvedModule::name).containsAll(names);
        try (Stream<Path> jars = Files.list(LIB)) {
            assertThat(jars).hasSize(names.size());
        }
    }

    @Test
    void ourModulesAreAllThereAndNamed() {
        List<String> legacy = LegacyStack.isBuilt() ? List.of("proteus.adapters.legacytcp") : List.of();

        assertThat(descriptors())
                .filteredOn(module -> module.name().startsWith("proteus."))
                .noneMatch(ModuleDescriptor::isAutomatic)
                .extracting(ModuleDescriptor::name)
                .containsAll(legacy)
                .filteredOn(name -> !legacy.contains(name))
                .containsExactlyInAnyOrder(
                        "proteus.domain",
                        "proteus.application",
                        "proteus.adapters.libp2p",
                        "proteus.adapters.persistence",
                        "proteus.adapters.rpc",
                        "proteus.bootstrap");
    }

    @Test
    void noLibraryOfTheTestsIsShipped() {
        assertThat(descriptors())
                .extracting(ModuleDescriptor::name)
                .noneMatch(name -> name.startsWith("org.junit")
                        || name.startsWith("org.assertj")
                        || name.startsWith("org.jspecify")
                        || name.equals("proteus.application.contract"));
    }

    @Test
    void whatIsLoggedReachesTheLogbackOfTheDistribution() {
        assertThat(providersOf("java.lang.System$LoggerFinder")).containsExactly("org.slf4j.jdk.platform.logging");
        assertThat(providersOf("org.slf4j.spi.SLF4JServiceProvider")).containsExactly("ch.qos.logback.classic");
    }

    @Test
    void theNoticesNameEveryLibrary() throws IOException {
        String notices = Files.readString(DISTRIBUTION.resolve("THIRD-PARTY.txt"));

        try (Stream<Path> jars = Files.list(LIB)) {
            assertThat(jars.map(jar -> jar.getFileName().toString())
                            .filter(jar -> !jar.startsWith("proteus-"))
                            .map(DistributionTest::artifactOf))
                    .isNotEmpty()
                    .allSatisfy(artifact -> assertThat(notices).contains(":" + artifact + ":"));
        }
    }

    @Test
    void itStartsOnTheModulePathAndPrintsNothingButTheVersion() throws IOException, InterruptedException {
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "ALL-MODULE-PATH",
                "-p",
                LIB.toString(),
                "-m",
                "proteus.bootstrap/proteus.bootstrap.Main",
                "--version");
        // Java says so when it finds this.
        java.environment().remove("JAVA_TOOL_OPTIONS");

        Process process = java.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed).startsWith("proteus ").hasLineCount(2);
    }

    /** Java leaves INT alone where it was ignored before, as it is for what a shell without job control puts in the background. */
    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    @Timeout(120)
    void aSignalEndsANodeInAnOrderlyWay(String signal, @TempDir Path directory)
            throws IOException, InterruptedException {
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=io.netty.common,rocksdbjni",
                "--add-modules",
                "ALL-MODULE-PATH",
                "-p",
                LIB.toString(),
                "-m",
                "proteus.bootstrap/proteus.bootstrap.Main",
                "run",
                "--network=regtest",
                "--peer-listen-addr=127.0.0.1",
                "--peer-port=0",
                "--tcp-port=0",
                "--quic-port=0",
                "--rpc-port=0",
                "--data-dir=" + directory);
        java.environment().remove("JAVA_TOOL_OPTIONS");
        Path log = directory.resolve("log");
        Process process = java.redirectError(log.toFile()).start();
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).as(Files.readString(log)).startsWith("Proteus runs on regtest");

            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();

            assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        } finally {
            process.destroyForcibly();
        }
        assertThat(log).content().contains("Shutdown completed.").doesNotContain("ERROR");
    }

    private static List<ModuleDescriptor> descriptors() {
        return ModuleFinder.of(LIB).findAll().stream()
                .map(ModuleReference::descriptor)
                .toList();
    }

    private static List<String> providersOf(String service) {
        return descriptors().stream()
                .filter(module -> module.provides().stream()
                        .anyMatch(provided -> provided.service().equals(service)))
                .map(ModuleDescriptor::name)
                .toList();
    }

    /** The name of a jar without its version, for example {@code netty-buffer}. */
    private static String artifactOf(String jar) {
        return jar.replaceFirst("-\\d.*$", "");
    }
}
