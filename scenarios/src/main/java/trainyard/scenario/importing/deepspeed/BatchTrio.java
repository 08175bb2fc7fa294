package trainyard.scenario.importing.deepspeed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.importing.draft.JsonObject;
import trainyard.scenario.importing.draft.Target;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/**
 * The batch sizes of a DeepSpeed configuration: {@code train_batch_size = train_micro_batch_size_per_gpu x
 * gradient_accumulation_steps x data-parallel ranks}. Any two of the three may be given; DeepSpeed derives the third from
 * the ranks, and refuses to start where the product does not come out (docs/_pages/config-json.md, "Batch Size Related
 * Parameters"). Of {@code train_batch_size} or the micro-batch alone it derives the rest with 1 step of accumulation
 * (deepspeed/runtime/config.py, {@code _set_batch_related_parameters}, read 2026-11); what is {@code "auto"}, the trainer decides.
 */
final class BatchTrio {

    private static final String TOTAL = "train_batch_size";
    private static final String MICRO = "train_micro_batch_size_per_gpu";
    private static final String ACCUMULATION = "gradient_accumulation_steps";
    private static final String DATA = "job.parallel.data";

    private final Optional<Found> total;
    private final Optional<Found> micro;
    private final Optional<Found> accumulation;
    /** Whether the trainer decides some of the three. */
    private final boolean open;

    private BatchTrio(Optional<Found> total, Optional<Found> micro, Optional<Found> accumulation, boolean open) {
        this.total = total;
        this.micro = micro;
        this.accumulation = accumulation;
        this.open = open;
    }

    /**
     * @throws ScenarioException if a size is no count, or the three do not multiply
     */
    static BatchTrio read(JsonObject root, Draft draft) {
        BatchTrio trio = new BatchTrio(
                stated(root, TOTAL, draft),
                stated(root, MICRO, draft),
                stated(root, ACCUMULATION, draft),
                Stream.of(TOTAL, MICRO, ACCUMULATION)
                        .flatMap(key -> root.value(key).stream())
                        .anyMatch(BatchTrio::isOpen));
        trio.total.ifPresent(trio::requireWholeMicroBatches);
        boolean elastic = root.has("elasticity");
        if (trio.total.isEmpty() && trio.micro.isEmpty() && !trio.open && !elastic) {
            trio.warnOfNone(root, draft);
        }
        return trio;
    }

    private static Optional<Found> stated(JsonObject root, String key, Draft draft) {
        Optional<Found> value = root.value(key);
        value.filter(BatchTrio::isOpen)
                .ifPresent(found -> draft.log()
                        .note(Fate.OPEN, found.position(), key, "\"auto\": the trainer that uses the file decides"));
        Optional<Found> size = value.filter(found -> !isOpen(found));
        size.ifPresent(Found::count);
        return size;
    }

    private static boolean isOpen(Found found) {
        return found.text().equals("auto");
    }

    private void warnOfNone(JsonObject root, Draft draft) {
        draft.log()
                .warn(Problem.at(
                        accumulation.map(Found::position).orElse(root.node().position()),
                        Problem.Kind.KEY,
                        "neither " + TOTAL + " nor " + MICRO + " is given; micro-batches of 1 sequence are assumed",
                        "DeepSpeed would not start unless its trainer adds one; state one of them"));
    }

    /** Whether DeepSpeed takes the whole share of a rank as one micro-batch. */
    private boolean isAlone() {
        return total.isPresent() && micro.isEmpty() && accumulation.isEmpty() && !open;
    }

    /** Whether the accumulation is known, so that the micro-batch follows from the ranks or the ranks from it. */
    private boolean isSettled() {
        return accumulation.isPresent() || isAlone();
    }

    private void requireWholeMicroBatches(Found found) {
        long step = size(micro) * size(accumulation);
        if (found.count() % step != 0) {
            long below = found.count() / step * step;
            throw new ScenarioException(Problem.at(
                    found.position(),
                    Problem.Kind.PLAN,
                    "batch " + found.count() + " is no multiple of " + product(),
                    "nearest: " + (below == 0 ? "" : below + " or ") + (below + step)));
        }
    }

    /**
     * @param draft has the degrees that the file asks for
     */
    void put(Draft draft, Target target) {
        Optional<Long> ranks = ranks(draft, target);
        if (total.isPresent()) {
            putTotal(draft, total.get(), ranks);
        } else {
            micro.ifPresentOrElse(
                    found -> draft.read("job.batch.micro", Found.sequences(found.count()), found),
                    () -> draft.assume("job.batch.micro", "1 sequence", "the file leaves it open"));
            accumulation.ifPresent(found -> draft.read("job.batch.accumulation", Long.toString(found.count()), found));
        }
    }

    /** Data-parallel ranks that the GPUs of the command line make. */
    private static Optional<Long> ranks(Draft draft, Target target) {
        return target.gpus().map(gpus -> Math.max(1, gpus.count() / target.gpusPerReplica(draft)));
    }

    private void putTotal(Draft draft, Found batch, Optional<Long> ranks) {
        draft.read("job.batch.global", Found.sequences(batch.count()), batch);
        long most = batch.count() / (size(micro) * size(accumulation));
        long used = ranks.map(there -> largestDivisor(most, there)).orElse(isSettled() ? most : 1);
        boolean exact = micro.isEmpty() || accumulation.isEmpty() || used == most;
        if (ranks.isPresent() && (used != ranks.get() || !exact)) {
            warn(draft, batch, most, ranks.get());
            draft.infer(DATA, Long.toString(used), batch, "what the batch allows; see the warning");
        } else if (ranks.isEmpty() && isSettled()) {
            String micros = micro.isEmpty() ? " in micro-batches of 1 sequence" : "";
            draft.infer(DATA, Long.toString(most), batch, batch.count() + (isAlone() ? "" : divisor()) + micros);
        }
        putMicro(draft, batch, ranks.isPresent() ? most / used : 0);
    }

    private String divisor() {
        return " / (" + product() + ")";
    }

    /**
     * @param perStep sequences of a rank in one step of accumulation; 0 where the ranks are not known
     */
    private void putMicro(Draft draft, Found batch, long perStep) {
        accumulation.ifPresent(found -> draft.log()
                .note(Fate.READ, found.position(), ACCUMULATION, "follows from batch, micro-batch and ranks"));
        if (micro.isPresent()) {
            draft.read("job.batch.micro", Found.sequences(size(micro)), micro.get());
        } else if (isSettled() && perStep == 0) {
            draft.assume("job.batch.micro", "1 sequence", "it follows from the ranks, which --gpus N states");
        } else if (isSettled()) {
            long ranks = batch.count() / size(accumulation) / perStep;
            String divisor =
                    isAlone() ? ranks + " ranks" : "(accumulation " + size(accumulation) + " x " + ranks + " ranks)";
            draft.infer("job.batch.micro", Found.sequences(perStep), batch, batch.count() + " / " + divisor);
        } else {
            draft.assume("job.batch.micro", "1 sequence", "the file leaves it open");
        }
    }

    private void warn(Draft draft, Found batch, long most, long ranks) {
        boolean three = micro.isPresent() && accumulation.isPresent();
        boolean tooMany = ranks > most;
        String allows = three
                ? " is for exactly " + most + " data-parallel ranks"
                : tooMany
                        ? " allows at most " + most + " data-parallel ranks"
                        : " does not divide among " + ranks + " data-parallel ranks";
        draft.log()
                .warn(Problem.at(
                        batch.position(),
                        Problem.Kind.PLAN,
                        "batch " + batch.count() + with() + allows + "; the cluster has " + ranks,
                        "DeepSpeed would not start",
                        fixes(batch.count(), most, ranks).toArray(String[]::new)));
    }

    private List<String> fixes(long batch, long most, long ranks) {
        List<String> fixes = new ArrayList<>();
        long perMicro = ranks * size(micro);
        if (accumulation.isPresent() && batch % perMicro == 0) {
            fixes.add(change(ACCUMULATION, size(accumulation), batch / perMicro));
        }
        long step = perMicro * size(accumulation);
        boolean three = micro.isPresent() && accumulation.isPresent();
        fixes.add(change(TOTAL, batch, three ? step : batch / step * step + step));
        if (ranks % most == 0 && ranks > most) {
            fixes.add("use " + most + " data-parallel ranks: tensor x pipeline of " + ranks / most
                    + " takes the other GPUs");
        } else {
            fixes.add("use " + largestDivisor(most, ranks) + " data-parallel ranks");
        }
        return fixes;
    }

    private static String change(String key, long from, long to) {
        return (to < from ? "lower " : "raise ") + key + " to " + to;
    }

    private String with() {
        return micro.isEmpty() && accumulation.isEmpty() ? "" : " with " + product();
    }

    private String product() {
        List<String> parts = new ArrayList<>();
        micro.ifPresent(found -> parts.add("micro-batch " + found.count()));
        accumulation.ifPresent(found -> parts.add("accumulation " + found.count()));
        return String.join(" x ", parts);
    }

    private static long size(Optional<Found> stated) {
        return stated.map(Found::count).orElse(1L);
    }

    /** The largest divisor of a number that is not above a limit; found among pairs of divisors. */
    private static long largestDivisor(long of, long limit) {
        long best = 1;
        for (long small = 1; small * small <= of; small++) {
            if (of % small == 0) {
                best = small <= limit ? Math.max(best, small) : best;
                best = of / small <= limit ? Math.max(best, of / small) : best;
            }
        }
        return best;
    }
}
