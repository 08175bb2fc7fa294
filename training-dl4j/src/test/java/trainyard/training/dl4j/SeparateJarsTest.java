package trainyard.training.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A process whose class path is that of the command, and that gets the jars of DL4J as the launcher gives them. */
class SeparateJarsTest {

    private static final Predicate<String> OWN = entry -> entry.contains("training-dl4j") && !isOfTests(entry);
    private static final Predicate<String> DL4J = entry -> List.of(
                    "nd4j",
                    "deeplearning4j",
                    "bytedeco",
                    "flatbuffers",
                    "slf4j",
                    "commons-io",
                    "commons-lang3",
                    "commons-collections4")
            .stream()
            .anyMatch(entry::contains);

    private static boolean isOfTests(String entry) {
        return entry.endsWith("test-classes");
    }

    private static String classPath(Predicate<String> wanted) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(wanted)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** All that the process printed, to the error stream too. */
    private static String run(String moduleClassPath) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dtrainyard.dl4j=" + moduleClassPath,
                        "-cp",
                        classPath(OWN.or(DL4J).negate()),
                        SeparateJars.class.getName())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed.strip();
    }

    @Test
    void opensThemSilentlyWhenAGradientIsAskedFor() throws Exception {
        assertThat(run(classPath(OWN.or(DL4J)))).isEqualTo("a gradient");
    }

    @Test
    void saysInOneSentenceThatTheNativeLibraryIsMissing() throws Exception {
        Predicate<String> isNative = entry -> entry.matches(".*-(linux|macosx|windows)-[a-z0-9_]+\\.jar");
        assertThat(run(classPath(OWN.or(DL4J).and(isNative.negate()))))
                .startsWith("the native library of ND4J does not load on this machine: ")
                .hasLineCount(1);
    }
}
