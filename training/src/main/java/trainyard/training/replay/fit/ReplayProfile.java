package trainyard.training.replay.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import trainyard.sim.hardware.Precision;
import trainyard.sim.hardware.calibration.CalibrationProfile;
import trainyard.sim.hardware.calibration.ComputeFit;
import trainyard.sim.hardware.calibration.JobCheck;
import trainyard.sim.hardware.calibration.LaunchFit;
import trainyard.sim.hardware.calibration.LinkFit;
import trainyard.sim.hardware.calibration.Machine;
import trainyard.sim.hardware.calibration.MemoryFit;
import trainyard.sim.hardware.calibration.ProfileOrigin;
import trainyard.training.calibration.fit.Errors;
import trainyard.training.calibration.fit.GemmFitter;
import trainyard.training.calibration.fit.TransferFitter;
import trainyard.training.replay.Kernel;
import trainyard.training.replay.KernelSample;
import trainyard.training.replay.KernelTrace;
import trainyard.training.replay.MatrixMath;

/** Fits what was measured kernel by kernel; whole iterations only test the fits. */
public final class ReplayProfile {

    private static final int FEWEST_POINTS = 4;
    private static final int FEWEST_SIZES = 2;
    private static final double ADAM_BYTES = (double) new Kernel.Adam(1).bytes();
    private static final List<Double> LINK_BOUNDS = List.of(262_144.0);
    private static final double TAIL = 0.95;

    private final Fastest fastest;
    private final List<KernelTrace> traces;

    private ReplayProfile(List<KernelSample> samples, List<KernelTrace> traces) {
        this.fastest = new Fastest(samples);
        this.traces = List.copyOf(traces);
    }

    /**
     * Makes the profile.
     *
     * @param id its name
     * @param facts of the device, as {@link trainyard.training.replay.KernelDevice#facts} tells them
     */
    public static CalibrationProfile of(
            String id,
            ProfileOrigin origin,
            Map<String, String> facts,
            List<KernelSample> samples,
            List<KernelTrace> traces) {
        return new ReplayProfile(samples, traces).profile(id, origin, facts);
    }

    private CalibrationProfile profile(String id, ProfileOrigin origin, Map<String, String> facts) {
        Optional<LaunchFit> launch = least(fastest.byBytes("launch", "queued")).map(LaunchFit::new);
        List<ComputeFit> products = new ArrayList<>();
        for (MatrixMath math : MatrixMath.values()) {
            if (fastest.products(math).size() >= FEWEST_POINTS) {
                products.add(GemmFitter.fit(precision(math), fastest.products(math)));
            }
        }
        List<MemoryFit> memory = memory();
        return new CalibrationProfile(
                id,
                origin,
                machine(facts),
                launch,
                products,
                memory,
                links(),
                List.of(),
                List.of(),
                List.of(),
                checks(launch, products, memory));
    }

    private static Optional<Double> least(SortedMap<Double, Double> seconds) {
        return seconds.values().stream().min(Double::compare);
    }

    private List<MemoryFit> memory() {
        List<MemoryFit> fits = new ArrayList<>();
        for (String op : fastest.ops("memory")) {
            SortedMap<Double, Double> seconds = fastest.byBytes("memory", op);
            if (seconds.size() >= FEWEST_SIZES) {
                OptionalDouble perParameter =
                        op.equals("adam") ? OptionalDouble.of(ADAM_BYTES) : OptionalDouble.empty();
                TransferFitter.memory(op, perParameter, seconds).ifPresent(fits::add);
            }
        }
        SortedMap<Double, Double> within = fastest.byBytes("copy", "copy_d2d");
        if (within.size() >= FEWEST_SIZES) {
            TransferFitter.memory("copy_d2d", OptionalDouble.empty(), within).ifPresent(fits::add);
        }
        return fits;
    }

    private List<LinkFit> links() {
        List<LinkFit> links = new ArrayList<>();
        for (String op : fastest.ops("copy")) {
            SortedMap<Double, Double> seconds = fastest.byBytes("copy", op);
            if (!op.equals("copy_d2d")
                    && seconds.tailMap(LINK_BOUNDS.get(0) + 1).size() >= FEWEST_SIZES) {
                links.add(TransferFitter.link(op.substring("copy_".length()), seconds, LINK_BOUNDS));
            }
        }
        return links;
    }

    private List<JobCheck> checks(Optional<LaunchFit> launch, List<ComputeFit> products, List<MemoryFit> memory) {
        List<JobCheck> checks = new ArrayList<>();
        boolean complete =
                launch.isPresent() && memory.stream().anyMatch(fit -> fit.op().equals("copy"));
        for (ComputeFit fit : complete ? products : List.<ComputeFit>of()) {
            MatrixMath math = MatrixMath.valueOf(fit.precision().name());
            IterationFit time = new IterationFit(launch.orElseThrow().gapSeconds(), fit, memory);
            for (KernelTrace trace : traces) {
                double[] measured = fastest.iterations(trace.job(), math);
                if (measured.length > 0) {
                    checks.add(check(trace, math, measured, time.seconds(trace)));
                }
            }
        }
        return checks;
    }

    private static JobCheck check(KernelTrace trace, MatrixMath math, double[] measured, double predicted) {
        return new JobCheck(
                trace.job() + " " + math.word(),
                "",
                measured[0],
                measured[measured.length / 2],
                measured[(int) (TAIL * (measured.length - 1))],
                measured.length,
                predicted,
                Errors.percent(predicted, measured[0]));
    }

    private static Machine machine(Map<String, String> facts) {
        Map<String, String> software = new LinkedHashMap<>(facts);
        software.keySet().removeAll(List.of("gpu", "sms", "memory_bytes"));
        software.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        software.put("jdk", System.getProperty("java.version"));
        return new Machine(
                facts.getOrDefault("gpu", ""),
                Integer.parseInt(facts.getOrDefault("sms", "0")),
                Double.parseDouble(facts.getOrDefault("memory_bytes", "0")),
                Runtime.getRuntime().availableProcessors(),
                software);
    }

    private static Precision precision(MatrixMath math) {
        return Precision.valueOf(math.name().toUpperCase(Locale.ROOT));
    }
}
