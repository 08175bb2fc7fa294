package trainyard.training.replay.fit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.hardware.calibration.CalibrationProfile;
import trainyard.sim.hardware.calibration.ProfileOrigin;
import trainyard.sim.hash.Sha256;
import trainyard.training.replay.KernelDevice;
import trainyard.training.replay.KernelSample;
import trainyard.training.replay.KernelTrace;
import trainyard.training.replay.NumericCheck;
import trainyard.training.replay.ReplaySuite;

/**
 * Tests a device, measures it and writes down what came out: each sample as soon as it is taken, so that a run that is stopped
 * keeps them, and the profile at the end.
 */
public final class ReplayCalibration {

    /** How the figures came about, for the profile. */
    public static final String METHOD =
            "kernels of traced DL4J iterations, replayed with tensors resident; each kernel timed by itself, whole iterations only"
                    + " to test the fits";

    private static final int DAY = "2026-11-22".length();

    private final KernelDevice device;
    private final List<KernelTrace> traces;
    private final Supplier<String> utc;

    /** @param utc tells the time of day, ISO 8601 */
    public ReplayCalibration(KernelDevice device, List<KernelTrace> traces, Supplier<String> utc) {
        this.device = device;
        this.traces = List.copyOf(traces);
        this.utc = utc;
    }

    /** A device that computes something else than plain arrays do. */
    public static final class WrongResultException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        WrongResultException(NumericCheck.Outcome outcome) {
            super("the device computes " + outcome.what() + " wrong: relative error " + outcome.relativeError()
                    + ", at most " + outcome.tolerance() + " allowed");
        }
    }

    /**
     * Compares the device with plain arrays.
     *
     * @return what was compared, all of it right
     * @throws WrongResultException at the first that is not
     */
    public List<NumericCheck.Outcome> check() {
        List<NumericCheck.Outcome> outcomes = NumericCheck.of(device);
        outcomes.stream().filter(outcome -> !outcome.passed()).findFirst().ifPresent(outcome -> {
            throw new WrongResultException(outcome);
        });
        return outcomes;
    }

    /**
     * Measures.
     *
     * @param tool program and version, for the profile
     * @param profile file to write; its samples go beside it
     * @param progress runs after each measurement
     * @throws IOException if a file cannot be written
     */
    public CalibrationProfile measure(ReplaySuite suite, String tool, Path profile, Runnable progress)
            throws IOException {
        String id = profile.getFileName().toString().replaceFirst("\\.ya?ml$", "");
        Path file = profile.resolveSibling(id + ".samples.csv");
        List<KernelSample> samples = new ArrayList<>();
        try (Writer out = Files.newBufferedWriter(file)) {
            write(out, KernelSample.HEADER);
            suite.run(
                    device,
                    sample -> {
                        samples.add(sample);
                        write(out, sample.csv(utc.get()));
                    },
                    progress);
        } catch (UncheckedIOException unwritable) {
            throw unwritable.getCause();
        }
        CalibrationProfile made = ReplayProfile.of(id, origin(tool, file), device.facts(), samples, traces);
        Files.writeString(profile, made.toYaml());
        return made;
    }

    private ProfileOrigin origin(String tool, Path samples) throws IOException {
        return new ProfileOrigin(
                Provenance.Kind.MEASURED,
                tool,
                "",
                utc.get().substring(0, DAY),
                METHOD,
                samples.getFileName().toString(),
                Sha256.of(Files.readAllBytes(samples)));
    }

    private static void write(Writer out, String line) {
        try {
            out.write(line + "\n");
            out.flush();
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
