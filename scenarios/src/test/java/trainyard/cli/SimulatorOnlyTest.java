package trainyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import trainyard.training.nativecode.NativeModule;
import trainyard.training.network.ArraysBackend;

/** A run that trains nothing by DL4J touches neither its jars nor any native code but that of Java and the system. */
@EnabledOnOs(OS.LINUX)
class SimulatorOnlyTest {

    private static final List<String> NATIVE =
            List.of("org.nd4j.", "org.deeplearning4j.", "org.bytedeco.", NativeModule.class.getName());

    @TempDir
    private Path folder;

    @Test
    void loadsNoNativeCode() throws Exception {
        List<String> printed = run();
        assertThat(printed.get(0)).isEqualTo("0 arrays");
        Path java = Path.of(System.getProperty("java.home")).toRealPath();
        assertThat(printed.subList(1, printed.size()))
                .as("libraries")
                .anyMatch(library -> library.startsWith(java.toString()))
                .allMatch(library -> library.startsWith(java.toString()) || library.matches("/(usr/)?lib(32|64)?/.*"));
        List<String> classes = Files.readAllLines(folder.resolve("classes"));
        assertThat(classes).as("classes").anyMatch(line -> line.contains(ArraysBackend.class.getName()));
        assertThat(classes).as("classes").noneMatch(line -> NATIVE.stream().anyMatch(line::contains));
    }

    private List<String> run() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.awt.headless=true",
                        "-Xlog:class+load=info:file=" + folder.resolve("classes"),
                        "-Dtrainyard.dl4j=" + folder.resolve("no-such-folder") + "/*",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SimulatorOnly.class.getName(),
                        "run",
                        "--quick",
                        "-o",
                        folder.resolve("report").toString(),
                        "gallery/gpt3-175b-step.yaml")
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed.lines().toList();
    }
}
