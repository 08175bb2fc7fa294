package trainyard.training.cuda.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.sim.hardware.calibration.CalibrationProfile;
import trainyard.training.replay.Kernel;
import trainyard.training.replay.KernelTrace;
import trainyard.training.replay.KernelTraceFile;

/**
 * Runs the program in a process of its own: on this machine as it is, and before an emulation of CUDA that has the kernels of the
 * one source as loops on the processor.
 */
class CudaReplayTest {

    private static final Path EMULATION = Path.of("src/cuda13/test/cpp/emulation.cpp");
    private static final List<String> LIBRARIES = List.of("libcuda.so.1", "libcudart.so.13", "libcublas.so.13");

    @TempDir
    static Path folder;

    private static String preload = "";

    private record Ended(int code, String text) {}

    @BeforeAll
    static void emulate() throws IOException, InterruptedException {
        KernelTrace trace = new KernelTrace(
                "tiny", "by hand", "", 1, 1, List.of(new Kernel.Gemm(8, 8, 8, false, true), new Kernel.Adam(64)));
        Files.writeString(folder.resolve("tiny.json"), KernelTraceFile.text(trace));
        if (!compilerIsThere()) {
            return;
        }
        List<Path> built = new ArrayList<>();
        for (String name : LIBRARIES) {
            Path version = Files.writeString(folder.resolve(name + ".map"), name + " { global: *; };\n");
            built.add(library(
                    name, "-DPART=" + (built.size() + 1), "-Wl,--version-script=" + version, EMULATION.toString()));
        }
        built.add(library("libcublasLt.so.13", "-x", "c++", "/dev/null"));
        preload = built.stream().map(Path::toString).collect(Collectors.joining(":"));
    }

    private static boolean compilerIsThere() throws InterruptedException {
        try {
            return run(Map.of(), "g++", "--version").code() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static Path library(String name, String... more) throws IOException, InterruptedException {
        Path file = folder.resolve(name);
        List<String> words = new ArrayList<>(List.of(
                "g++", "-std=c++17", "-O1", "-w", "-shared", "-fPIC", "-Wl,-soname," + name, "-o", file.toString()));
        words.addAll(Arrays.asList(more));
        Ended ended = run(Map.of(), words.toArray(String[]::new));
        assertThat(ended.code()).as(ended.text()).isZero();
        return file;
    }

    private static Ended run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes());
        return new Ended(process.waitFor(), text);
    }

    private static Ended replay(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "trainyard.training.cuda.replay.CudaReplay"));
        command.addAll(Arrays.asList(arguments));
        return run(environment, command.toArray(String[]::new));
    }

    private static Ended emulated(String gpus, String capability) throws IOException, InterruptedException {
        assumeTrue(!preload.isEmpty(), "no g++ here");
        return replay(
                Map.of("LD_PRELOAD", preload, "EMULATED_GPUS", gpus, "EMULATED_CAPABILITY", capability),
                "--quick",
                "--traces",
                folder.resolve("nothing here").toString());
    }

    @Test
    void aMachineWithoutAGpuIsToldInOneSentence() throws IOException, InterruptedException {
        assumeTrue(!new File("/proc/driver/nvidia/version").exists(), "this machine has a driver");

        Ended ended = replay(Map.of());

        assertThat(ended.code()).as(ended.text()).isEqualTo(3);
        assertThat(ended.text().lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .matches(
                                "error: (no GPU can be used, since a library of CUDA cannot be loaded|the driver finds no GPU): .*"
                                        + "calibrate --device cpu"));
    }

    @Test
    void aDriverWithoutAGpuIsToldInOneSentence() throws IOException, InterruptedException {
        assertThat(emulated("0", "9.0"))
                .isEqualTo(new Ended(
                        3,
                        "error: the driver finds no GPU: no CUDA-capable device is detected (error 100 of CUDA); see what"
                                + " nvidia-smi lists, or calibrate the processor: calibrate --device cpu\n"));
    }

    @Test
    void aGpuThatIsTooOldIsToldWhatToBuild() throws IOException, InterruptedException {
        Ended ended = emulated("1", "6.1");

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.text()).contains("emulated GPU has compute capability 6.1", "package -Pcuda11");
    }

    @Test
    void aFolderWithoutTracesIsRefused() throws IOException, InterruptedException {
        Ended ended = emulated("1", "9.0");

        assertThat(ended.code()).as(ended.text()).isEqualTo(5);
        assertThat(ended.text()).contains("no folder of traces that can be read");
    }

    @Test
    void theEmulatedGpuComputesWhatPlainArraysDoAndIsMeasuredFromStartToEnd() throws IOException, InterruptedException {
        assumeTrue(!preload.isEmpty(), "no g++ here");
        Path profile = folder.resolve("emulated.yaml");

        Ended ended = run(
                Map.of("LD_PRELOAD", preload),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "trainyard.training.cuda.replay.SmallReplay",
                folder.toString(),
                profile.toString());

        assertThat(ended.code()).as(ended.text()).isZero();
        CalibrationProfile made = CalibrationProfile.load(profile);
        assertThat(made.machine().gpu()).isEqualTo("emulated GPU");
        assertThat(made.compute()).hasSize(3);
        assertThat(made.links()).hasSize(4);
        assertThat(made.jobs()).hasSize(2);
    }
}
