package trainyard.training.calibration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import trainyard.sim.hardware.calibration.JobTerm;
import trainyard.training.calibration.fit.HeldOut;
import trainyard.training.calibration.measure.InputShape;
import trainyard.training.calibration.measure.OptimizerStep;
import trainyard.training.calibration.measure.Work;
import trainyard.training.network.NetworkSpec;

/**
 * What is measured and how often.
 *
 * @param name for messages and the profile
 * @param jobs training iterations
 * @param probes single operations
 * @param pace how long it is measured
 * @param checkpointMebibytes size of the file that is written and read
 * @param mostRingBytes largest array that is summed over processes
 */
public record CalibrationSweep(
        String name, List<Work.Job> jobs, List<Work> probes, Pace pace, int checkpointMebibytes, int mostRingBytes) {

    /**
     * How long a sweep is measured.
     *
     * @param rounds passes over all of it
     * @param roundsTogether of them, those in which several processes work at once
     * @param warmUpSeconds of the first job of each kind of network, before all; with the first compiler of Java a second is enough
     * @param visitSeconds of repetitions in a visit to a piece of work. Where a machine is slow now and then for half a second, many short visits
     *     find a quiet while for each piece, and few long ones do not.
     * @param seconds after which no further work begins
     */
    public record Pace(int rounds, int roundsTogether, double warmUpSeconds, double visitSeconds, double seconds) {}

    private static final Pace FULL = new Pace(4, 4, 2.5, 0.12, 480);
    private static final Pace QUICK = new Pace(3, 0, 1, 0.05, 44);
    private static final double MOST_FLOPS = 2.5e9;
    private static final double MOST_FLOPS_TOGETHER = 2e8;
    private static final int ONE_TOGETHER_OF = 3;
    private static final int CLASSES = 10;
    private static final int SYMBOLS = 16;
    private static final int DENSE = 64;
    private static final int HEADS = 4;
    private static final int MEBIBYTE = 1 << 20;

    public CalibrationSweep {
        jobs = List.copyOf(jobs);
        probes = List.copyOf(probes);
    }

    /**
     * Jobs whose gradients several processes compute at once: every third one that the fit sees, without those that a single process needs long
     * for.
     */
    public List<Work.Job> together() {
        Set<String> heldOut = heldOut();
        List<Work.Job> brief = jobs.stream()
                .filter(job -> !heldOut.contains(job.name())
                        && job.batch() > 1
                        && OperationCounts.of(job).of(JobTerm.FLOP) <= MOST_FLOPS_TOGETHER)
                .toList();
        return IntStream.range(0, brief.size())
                .filter(i -> i % ONE_TOGETHER_OF == 0)
                .mapToObj(brief::get)
                .toList();
    }

    /** Names of the jobs that no fit sees: a quarter of each kind of network. */
    public Set<String> heldOut() {
        Map<String, List<String>> byFamily = jobs.stream()
                .collect(Collectors.groupingBy(
                        Work.Job::family, Collectors.mapping(Work.Job::name, Collectors.toList())));
        return byFamily.values().stream()
                .flatMap(names -> HeldOut.of(names).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A job of any sweep by its name. */
    public static Optional<Work.Job> job(String name) {
        return Stream.of(full(), quick())
                .flatMap(sweep -> sweep.jobs().stream())
                .filter(job -> job.name().equals(name))
                .findFirst();
    }

    /** All of it: a few minutes, never more than ten. */
    public static CalibrationSweep full() {
        Jobs jobs = new Jobs();
        jobs.perceptrons(new int[] {32, 64, 128, 256, 512, 1024}, new int[] {1, 2, 4}, new int[] {1, 16, 64, 256});
        jobs.convolutions(new int[] {4, 8, 16}, new int[] {8, 16, 28}, new int[] {8, 32, 64, 128});
        jobs.recurrent(new int[] {16, 32, 64, 128}, new int[] {10, 20, 40}, new int[] {4, 32});
        jobs.blocks(new int[] {32, 64, 128}, new int[] {16, 32, 64}, new int[] {2, 8, 32});
        return new CalibrationSweep("full", jobs.all, probes(4, 1024, 256), FULL, 256, 16 * MEBIBYTE);
    }

    /** Less of it, in under a minute. */
    public static CalibrationSweep quick() {
        Jobs jobs = new Jobs();
        jobs.perceptrons(new int[] {32, 128, 512}, new int[] {1, 3}, new int[] {1, 32, 128});
        jobs.convolutions(new int[] {4, 8}, new int[] {8, 16}, new int[] {8, 32, 64});
        jobs.recurrent(new int[] {16, 64}, new int[] {10, 20}, new int[] {4, 32});
        jobs.blocks(new int[] {32, 64}, new int[] {16, 32}, new int[] {2, 8});
        return new CalibrationSweep("quick", jobs.all, probes(4, 256, 64), QUICK, 32, 4 * MEBIBYTE);
    }

    /** How many visits there are, for a progress line. */
    public int visits() {
        return pace.rounds() * (jobs.size() + probes.size());
    }

    private static List<Work> probes(int growth, int mostSide, int mostMebibytes) {
        List<Work> probes = new ArrayList<>(List.of(new Work.Dispatch()));
        for (int side = 16; side <= mostSide; side *= growth) {
            for (int sum = 16; sum <= mostSide; sum *= growth) {
                probes.add(new Work.Gemm(side, side, sum));
            }
        }
        for (long mebibytes = 1; mebibytes <= mostMebibytes; mebibytes *= growth) {
            probes.add(new Work.Copy(mebibytes * MEBIBYTE));
        }
        return probes;
    }

    /** Makes the jobs of a grid. Every other one trains with Adam, in each direction: else a fit would take a batch for an optimizer. */
    private static final class Jobs {
        private final List<Work.Job> all = new ArrayList<>();

        private void add(String family, NetworkSpec network, InputShape input, int batch, int step) {
            OptimizerStep optimizer = step % 2 == 0 ? OptimizerStep.SGD : OptimizerStep.ADAM;
            Work.Job job = new Work.Job(family, network, input, batch, optimizer);
            if (OperationCounts.of(job).of(JobTerm.FLOP) <= MOST_FLOPS) {
                all.add(job);
            }
        }

        void perceptrons(int[] widths, int[] depths, int[] batches) {
            for (int i = 0; i < widths.length; i++) {
                for (int j = 0; j < depths.length; j++) {
                    for (int k = 0; k < batches.length; k++) {
                        NetworkSpec network = new NetworkSpec.Mlp(Collections.nCopies(depths[j], widths[i]));
                        add("mlp", network, new InputShape.Vector(widths[i], CLASSES), batches[k], i + j + k);
                    }
                }
            }
        }

        void convolutions(int[] channels, int[] sides, int[] batches) {
            for (int i = 0; i < channels.length; i++) {
                for (int j = 0; j < sides.length; j++) {
                    for (int k = 0; k < batches.length; k++) {
                        NetworkSpec network = new NetworkSpec.Cnn(channels[i], DENSE);
                        add("cnn", network, new InputShape.Image(sides[j], sides[j], CLASSES), batches[k], i + j + k);
                    }
                }
            }
        }

        void recurrent(int[] units, int[] lengths, int[] batches) {
            for (int i = 0; i < units.length; i++) {
                for (int j = 0; j < lengths.length; j++) {
                    for (int k = 0; k < batches.length; k++) {
                        NetworkSpec network = new NetworkSpec.Lstm(units[i]);
                        add("lstm", network, new InputShape.Text(lengths[j], SYMBOLS), batches[k], i + j + k);
                    }
                }
            }
        }

        void blocks(int[] widths, int[] lengths, int[] batches) {
            for (int i = 0; i < widths.length; i++) {
                for (int j = 0; j < lengths.length; j++) {
                    for (int k = 0; k < batches.length; k++) {
                        NetworkSpec network = new NetworkSpec.Transformer(widths[i], HEADS);
                        add("transformer", network, new InputShape.Text(lengths[j], SYMBOLS), batches[k], i + j + k);
                    }
                }
            }
        }
    }
}
