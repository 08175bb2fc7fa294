package trainyard.training.calibration;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import trainyard.training.calibration.measure.Sample;
import trainyard.training.calibration.measure.SampleLog;
import trainyard.training.calibration.measure.Sampler;
import trainyard.training.calibration.measure.Work;
import trainyard.training.calibration.ring.LocalProcesses;
import trainyard.training.nativecode.NativeModule;

/** Times gradients that several processes compute at the same time: cores may share caches, memory and clock. */
final class ConcurrencyProbe {

    /** Word of its samples. */
    static final String SUITE = "together";

    private ConcurrencyProbe() {}

    /** Name of the samples of a job that so many processes run at once. */
    static String name(int ranks, Work.Job job) {
        return ranks + " x " + new Work.Gradient(job).name();
    }

    /**
     * Measures all jobs once into the log.
     *
     * @param device word of the device that each process opens
     * @param jobs of the sweeps
     * @throws IOException if the processes cannot be started or the log cannot be written
     */
    static void round(SampleLog log, int ranks, String device, List<Work.Job> jobs, int round) throws IOException {
        List<Work.Job> left = jobs.stream()
                .filter(job -> !log.has(SUITE, name(ranks, job), round))
                .toList();
        if (left.isEmpty()) {
            return;
        }
        List<String> arguments = new ArrayList<>(List.of(device));
        left.forEach(job -> arguments.add(job.name()));
        String classPath = System.getProperty(NativeModule.CLASS_PATH, "");
        try (LocalProcesses group =
                LocalProcesses.start(ranks, ConcurrencyTask.class.getName(), classPath, arguments)) {
            try {
                for (Work.Job job : left) {
                    log.add(samples(log, group, job, round));
                }
            } catch (EOFException gone) {
                throw group.explained(gone);
            }
        }
    }

    /** What the log holds of a job: for each round what each repetition took each process. */
    static List<double[][]> visits(SampleLog log, int ranks, Work.Job job) {
        Map<Integer, List<Sample>> rounds = log.of(SUITE).getOrDefault(name(ranks, job), List.of()).stream()
                .collect(Collectors.groupingBy(Sample::round, TreeMap::new, Collectors.toList()));
        return rounds.values().stream().map(round -> byRank(round, ranks)).toList();
    }

    /** Samples are written rank by rank, as many of each. */
    private static double[][] byRank(List<Sample> round, int ranks) {
        int each = round.size() / ranks;
        double[][] seconds = new double[ranks][each];
        for (int i = 0; i < ranks * each; i++) {
            seconds[i / each][i % each] = round.get(i).seconds();
        }
        return seconds;
    }

    private static List<Sample> samples(SampleLog log, LocalProcesses group, Work.Job job, int round)
            throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (int rank = 0; rank < group.ranks(); rank++) {
            DataInputStream in = group.in(rank);
            for (int count = in.readInt(); count > 0; count--) {
                samples.add(new Sample(
                        log.setting(),
                        SUITE,
                        name(group.ranks(), job),
                        round,
                        0,
                        in.readDouble(),
                        OptionalDouble.empty(),
                        Sampler.load(),
                        Sampler.now()));
            }
        }
        return samples;
    }
}
