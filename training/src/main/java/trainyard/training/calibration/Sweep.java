package trainyard.training.calibration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import trainyard.sim.hardware.calibration.JobTerm;
import trainyard.training.calibration.fit.HeldOut;
import trainyard.training.calibration.measure.InputShape;
import trainyard.training.calibration.measure.Optimizer;
import trainyard.training.calibration.measure.Work;
import trainyard.training.network.NetworkSpec;

/**
 * What is measured and how often.
 *
 * @param name for messages and the profile
 * @param jobs training iterations
 * @param probes single operations
 * @param rounds passes over all of it
 * @param roundsTogether of them, those in which several processes work at once
 * @param checkpointMebibytes size of the file that is written and read
 * @param mostRingBytes largest array that is summed over processes
 * @param seconds after which no further work begins
 */
public record Sweep(
        String name,
        List<Work.Job> jobs,
        List<Work> probes,
        int rounds,
        int roundsTogether,
        int checkpointMebibytes,
        int mostRingBytes,
        double seconds) {

    private static final double MOST_FLOPS = 2.5e9;
    private static final double MOST_FLOPS_TOGETHER = 2e8;
    private static final int ONE_TOGETHER_OF = 3;
    private static final int CLASSES = 10;
    private static final int SYMBOLS = 16;
    private static final int DENSE = 64;
    private static final int HEADS = 4;
    private static final int MEBIBYTE = 1 << 20;

    public Sweep {
        jobs = List.copyOf(jobs);
        probes = List.copyOf(probes);
    }

    /**
     * Jobs whose gradients several processes compute at once: every third one that the fit sees, without those that a single process needs long
     * for.
     */
    public List<Work.Job> together() {
        List<Work.Job> brief = jobs.stream()
                .filter(job -> !HeldOut.is(job.name())
                        && job.batch() > 1
                        && OperationCounts.of(job).of(JobTerm.FLOP) <= MOST_FLOPS_TOGETHER)
                .toList();
        return IntStream.range(0, brief.size())
                .filter(i -> i % ONE_TOGETHER_OF == 0)
                .mapToObj(brief::get)
                .toList();
    }

    /** A job of any sweep by its name. */
    public static Optional<Work.Job> job(String name) {
        return Stream.of(full(), quick())
                .flatMap(sweep -> sweep.jobs().stream())
                .filter(job -> job.name().equals(name))
                .findFirst();
    }

    /** All of it: a few minutes, never more than ten. */
    public static Sweep full() {
        Jobs jobs = new Jobs();
        jobs.perceptrons(new int[] {32, 64, 128, 256, 512, 1024}, new int[] {1, 2, 4}, new int[] {1, 16, 64, 256});
        jobs.convolutions(new int[] {4, 8, 16}, new int[] {8, 16, 28}, new int[] {8, 32, 64, 128});
        jobs.recurrent(new int[] {16, 32, 64, 128}, new int[] {10, 20, 40}, new int[] {4, 32});
        jobs.blocks(new int[] {32, 64, 128}, new int[] {16, 32, 64}, new int[] {2, 8, 32});
        return new Sweep("full", jobs.all, probes(4, 1024, 256), 4, 4, 256, 16 * MEBIBYTE, 480);
    }

    /** Less of it, in under a minute. */
    public static Sweep quick() {
        Jobs jobs = new Jobs();
        jobs.perceptrons(new int[] {32, 128, 512}, new int[] {1, 3}, new int[] {1, 32, 128});
        jobs.convolutions(new int[] {4, 8}, new int[] {8, 16}, new int[] {8, 32, 64});
        jobs.recurrent(new int[] {16, 64}, new int[] {10, 20}, new int[] {4, 32});
        jobs.blocks(new int[] {32, 64}, new int[] {16, 32}, new int[] {2, 8});
        return new Sweep("quick", jobs.all, probes(4, 256, 64), 3, 0, 32, 4 * MEBIBYTE, 36);
    }

    /** How many visits there are, for a progress line. */
    public int visits() {
        return rounds * (jobs.size() + probes.size());
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

    /** Makes the jobs of a grid; every other one trains with Adam. */
    private static final class Jobs {
        private final List<Work.Job> all = new ArrayList<>();

        private void add(String family, NetworkSpec network, InputShape input, int batch) {
            Optimizer optimizer = all.size() % 2 == 0 ? Optimizer.SGD : Optimizer.ADAM;
            Work.Job job = new Work.Job(family, network, input, batch, optimizer);
            if (OperationCounts.of(job).of(JobTerm.FLOP) <= MOST_FLOPS) {
                all.add(job);
            }
        }

        void perceptrons(int[] widths, int[] depths, int[] batches) {
            for (int width : widths) {
                for (int depth : depths) {
                    for (int batch : batches) {
                        NetworkSpec network = new NetworkSpec.Mlp(Collections.nCopies(depth, width));
                        add("mlp", network, new InputShape.Vector(width, CLASSES), batch);
                    }
                }
            }
        }

        void convolutions(int[] channels, int[] sides, int[] batches) {
            for (int channel : channels) {
                for (int side : sides) {
                    for (int batch : batches) {
                        NetworkSpec network = new NetworkSpec.Cnn(channel, DENSE);
                        add("cnn", network, new InputShape.Image(side, side, CLASSES), batch);
                    }
                }
            }
        }

        void recurrent(int[] units, int[] lengths, int[] batches) {
            for (int unit : units) {
                for (int length : lengths) {
                    for (int batch : batches) {
                        add("lstm", new NetworkSpec.Lstm(unit), new InputShape.Text(length, SYMBOLS), batch);
                    }
                }
            }
        }

        void blocks(int[] widths, int[] lengths, int[] batches) {
            for (int width : widths) {
                for (int length : lengths) {
                    for (int batch : batches) {
                        NetworkSpec network = new NetworkSpec.Transformer(width, HEADS);
                        add("transformer", network, new InputShape.Text(length, SYMBOLS), batch);
                    }
                }
            }
        }
    }
}
