package trainyard.training.cuda.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import trainyard.sim.hardware.calibration.CalibrationProfile;
import trainyard.sim.hardware.calibration.JobCheck;
import trainyard.training.nativecode.NativeCodeException;
import trainyard.training.replay.KernelTrace;
import trainyard.training.replay.KernelTraceException;
import trainyard.training.replay.NumericCheck;
import trainyard.training.replay.ReplaySuite;
import trainyard.training.replay.fit.ReplayCalibration;
import trainyard.training.replay.session.KernelTraceFolder;

/**
 * Measures the GPU kernel by kernel, without DL4J: {@code CudaReplay [--quick] [--traces FOLDER] [-o PROFILE]}. It is what the
 * portable kit starts. Writes the profile and its samples, and how well whole iterations are predicted.
 */
public final class CudaReplay {

    private static final String USAGE = "usage: CudaReplay [--quick] [--traces FOLDER] [-o PROFILE]";
    private static final int BAD_INPUT = 2;
    private static final int NO_DEVICE = 3;
    private static final int CHECK_FAILED = 4;
    private static final int UNREADABLE = 5;
    private static final int STEPS_PER_LINE = 50;

    private ReplaySuite.Extent extent = ReplaySuite.Extent.FULL;
    private Path traces = Path.of("traces");
    private Path profile = Path.of("gpu.yaml");

    private CudaReplay() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        CudaReplay replay = new CudaReplay();
        if (!replay.read(new ArrayDeque<>(Arrays.asList(arguments)))) {
            return fail(BAD_INPUT, USAGE);
        }
        try {
            replay.measure();
            return 0;
        } catch (NativeCodeException missing) {
            return fail(NO_DEVICE, missing.getMessage() + "; " + missing.remedy());
        } catch (ReplayCalibration.WrongResultException wrong) {
            return fail(CHECK_FAILED, wrong.getMessage());
        } catch (KernelTraceException | IOException unreadable) {
            return fail(UNREADABLE, unreadable.getMessage());
        }
    }

    private static int fail(int code, String message) {
        System.err.println("error: " + message);
        return code;
    }

    private boolean read(Deque<String> words) {
        while (!words.isEmpty()) {
            String word = words.pop();
            if (word.equals("--quick")) {
                extent = ReplaySuite.Extent.QUICK;
            } else if (word.equals("--traces") && !words.isEmpty()) {
                traces = Path.of(words.pop());
            } else if (word.equals("-o") && !words.isEmpty()) {
                profile = Path.of(words.pop());
            } else {
                return false;
            }
        }
        return true;
    }

    private void measure() throws IOException {
        try (CudaDevice device = OpenCuda.device()) {
            System.out.println(device.facts());
            List<KernelTrace> jobs = new KernelTraceFolder(traces).all();
            ReplayCalibration calibration = new ReplayCalibration(device, jobs, CudaReplay::now);
            List<NumericCheck.Outcome> outcomes = calibration.check();
            System.out.printf(
                    Locale.ROOT,
                    "%d kernels and iterations agree with plain arrays, the worst within %.1e%n",
                    outcomes.size(),
                    outcomes.stream()
                            .mapToDouble(NumericCheck.Outcome::relativeError)
                            .max()
                            .orElse(0));
            ReplaySuite suite = new ReplaySuite(device, jobs, extent);
            if (profile.toAbsolutePath().getParent() != null) {
                Files.createDirectories(profile.toAbsolutePath().getParent());
            }
            report(calibration.measure(suite, "trainyard CudaReplay", profile, progress(suite.steps())));
        }
    }

    private static Runnable progress(int steps) {
        int[] done = {0};
        return () -> {
            done[0]++;
            if (done[0] % STEPS_PER_LINE == 0 || done[0] == steps) {
                System.err.println("measured " + done[0] + " of " + steps);
            }
        };
    }

    private void report(CalibrationProfile made) {
        double[] errors = made.jobs().stream()
                .mapToDouble(JobCheck::errorPercent)
                .sorted()
                .toArray();
        System.out.println("wrote " + profile);
        if (errors.length > 0) {
            System.out.printf(
                    Locale.ROOT,
                    "%d iterations that no fit has seen: error mean %.1f %%, median %.1f %%, largest %.1f %%%n",
                    errors.length,
                    Arrays.stream(errors).average().orElseThrow(),
                    errors[errors.length / 2],
                    errors[errors.length - 1]);
        }
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
