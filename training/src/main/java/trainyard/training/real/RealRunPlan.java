package trainyard.training.real;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.training.calibration.ReferenceJob;
import trainyard.training.network.NetworkSpec;

/**
 * A run of perceptrons or convolutions on the digits, small enough to be a line of arguments.
 *
 * @param asynchronous whether each gradient is an update at a parameter server; else an update is the mean of all
 * @param workers processes, at least 2 and at most one a core
 * @param batch examples of a gradient
 * @param rate learning rate
 * @param gradients of each worker, in the mean
 * @param shown losses that are worked out
 * @param skew share of a worker's rows that go by class
 * @param seed of start and order of rows
 * @param network what is trained
 * @param reference job by which the processes find out how fast their cores are, before, during and after the run; empty: they do not
 */
public record RealRunPlan(
        boolean asynchronous,
        int workers,
        int batch,
        double rate,
        int gradients,
        int shown,
        double skew,
        long seed,
        NetworkSpec network,
        Optional<ReferenceJob> reference) {

    private static final int FIXED = 13;
    private static final String NONE = "-";

    /** The plan as words. */
    public List<String> words() {
        List<String> words = new ArrayList<>(List.of(
                Boolean.toString(asynchronous),
                Integer.toString(workers),
                Integer.toString(batch),
                Double.toString(rate),
                Integer.toString(gradients),
                Integer.toString(shown),
                Double.toString(skew),
                Long.toString(seed),
                reference.map(ReferenceJob::job).orElse(NONE),
                Double.toString(reference.map(ReferenceJob::seconds).orElse(0.0)),
                Integer.toString(reference.map(ReferenceJob::ringBytes).orElse(0)),
                Double.toString(reference.map(ReferenceJob::ringSeconds).orElse(0.0))));
        if (network instanceof NetworkSpec.Mlp mlp) {
            words.add("mlp");
            mlp.hidden().forEach(width -> words.add(Integer.toString(width)));
        } else if (network instanceof NetworkSpec.Cnn cnn) {
            words.addAll(List.of("cnn", Integer.toString(cnn.channels()), Integer.toString(cnn.dense())));
        } else {
            throw new IllegalArgumentException(
                    "only perceptrons and convolutions are trained for real, not " + network);
        }
        return words;
    }

    /** The plan of its words. */
    public static RealRunPlan of(List<String> words) {
        List<Integer> sizes = words.subList(FIXED, words.size()).stream()
                .map(Integer::valueOf)
                .toList();
        NetworkSpec network = words.get(FIXED - 1).equals("mlp")
                ? new NetworkSpec.Mlp(sizes)
                : new NetworkSpec.Cnn(sizes.get(0), sizes.get(1));
        return new RealRunPlan(
                Boolean.parseBoolean(words.get(0)),
                Integer.parseInt(words.get(1)),
                Integer.parseInt(words.get(2)),
                Double.parseDouble(words.get(3)),
                Integer.parseInt(words.get(4)),
                Integer.parseInt(words.get(5)),
                Double.parseDouble(words.get(6)),
                Long.parseLong(words.get(7)),
                network,
                words.get(8).equals(NONE)
                        ? Optional.empty()
                        : Optional.of(new ReferenceJob(
                                words.get(8),
                                Double.parseDouble(words.get(9)),
                                Integer.parseInt(words.get(10)),
                                Double.parseDouble(words.get(11)))));
    }

    /** The same with processes that find out how fast their cores are. */
    public RealRunPlan withReference(ReferenceJob job) {
        return new RealRunPlan(
                asynchronous, workers, batch, rate, gradients, shown, skew, seed, network, Optional.of(job));
    }

    /** Updates of the run. */
    public long updates() {
        return asynchronous ? (long) gradients * workers : gradients;
    }

    /** Whether the loss after an update, counted from 1, is worked out: after every so many and the last. */
    public boolean isShown(long update) {
        return update % showEvery() == 0 || update == updates();
    }

    /** Which of the losses that are worked out that of a shown update is, from 0. */
    public int indexOfShown(long update) {
        return Math.toIntExact((update - 1) / showEvery());
    }

    /** When the processes look at their cores. */
    public LookSchedule looks() {
        return new LookSchedule(updates(), asynchronous ? workers : 1, reference.isPresent());
    }

    private long showEvery() {
        return Math.max(1, updates() / shown);
    }
}
