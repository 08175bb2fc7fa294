package trainyard.training.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import trainyard.training.nativecode.NativeCodeException;

class GpuGuardTest {

    private static GpuProbe device(int major, int minor) {
        return new GpuProbe.Device("a GPU", new ComputeCapability(major, minor));
    }

    private static NativeCodeException refusal(GpuProbe probe, GpuPath... built) {
        return catchThrowableOfType(
                NativeCodeException.class,
                () -> GpuGuard.path(probe, built.length == 0 ? Optional.empty() : Optional.of(built[0])));
    }

    @Test
    void eachCapabilityGoesTheWayThatHasCodeForIt() {
        for (int[] old : new int[][] {{3, 7}, {5, 0}, {5, 2}, {6, 0}, {6, 1}, {7, 0}, {7, 5}, {8, 0}, {8, 6}, {8, 9}}) {
            assertThat(GpuGuard.path(device(old[0], old[1]), Optional.of(GpuPath.DL4J)))
                    .isEqualTo(GpuPath.DL4J);
        }
        for (int[] recent : new int[][] {{7, 5}, {8, 0}, {8, 9}, {9, 0}, {10, 0}, {10, 3}, {12, 0}}) {
            assertThat(GpuGuard.path(device(recent[0], recent[1]), Optional.of(GpuPath.REPLAY)))
                    .isEqualTo(GpuPath.REPLAY);
        }
    }

    @Test
    void aGpuOfTheOtherBuildIsToldItsProfile() {
        NativeCodeException hopper = refusal(device(9, 0), GpuPath.DL4J);
        assertThat(hopper)
                .hasMessage(
                        "a GPU has compute capability 9.0, for which DL4J on the GPU, with ND4J's kernels for CUDA 11.6,"
                                + " has no code");
        assertThat(hopper.remedy()).startsWith("build with mvn ").contains(" -Pcuda13,");
        assertThat(refusal(device(6, 1), GpuPath.REPLAY).remedy())
                .startsWith("build with mvn ")
                .contains(" -Pcuda11,");
    }

    @Test
    void aGpuOfNoBuildIsRefused() {
        assertThat(refusal(device(3, 5), GpuPath.DL4J).remedy()).startsWith("take another GPU,");
        assertThat(refusal(device(7, 2), GpuPath.REPLAY).remedy()).startsWith("take another GPU,");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(refusal(new GpuProbe.NoLibrary("libcuda.so.1: not found"), GpuPath.REPLAY))
                .hasMessageEndingWith("libcuda.so.1: not found");
        assertThat(refusal(new GpuProbe.NoDevice("no CUDA-capable device is detected"), GpuPath.REPLAY))
                .hasMessage("the driver finds no GPU: no CUDA-capable device is detected");
        assertThat(refusal(device(9, 0)).remedy()).contains("-Pcuda13", "-Pcuda11", "--device cpu");
    }
}
