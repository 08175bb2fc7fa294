package trainyard.scenario.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.search.PricedPlan;
import trainyard.parallel.search.SearchResult;
import trainyard.parallel.search.VerifiedPlan;
import trainyard.scenario.format.ChoiceType;

/**
 * The best plans as a table of words, the best first. Columns of dimensions in which no plan differs from 1 are left out.
 *
 * @param columns headings
 * @param rows as many cells each
 */
public record PlanTable(List<String> columns, List<List<String>> rows) {

    private static final double GIBIBYTE = 1L << 30;

    public PlanTable {
        columns = List.copyOf(columns);
        rows = rows.stream().<List<String>>map(List::copyOf).toList();
    }

    /** The table of a result. */
    public static PlanTable of(PlanQuestion question, SearchResult result) {
        boolean contexts = any(result, plan -> plan.degrees().context());
        boolean experts = any(result, plan -> plan.degrees().expert());
        List<String> columns = new ArrayList<>(List.of("GPUs", "tensor"));
        if (contexts) {
            columns.add("context");
        }
        columns.addAll(List.of("pipeline", "data"));
        if (experts) {
            columns.add("expert");
        }
        columns.addAll(
                List.of("micro", "schedule", "zero", "seq-par", "recompute", "step s", "replay s", "MFU %", "GiB"));
        if (question.usdPerGpuSecond().isPresent()) {
            columns.add("USD/step");
        }
        List<List<String>> rows = result.best().stream()
                .map(plan -> row(question, plan, contexts, experts))
                .toList();
        return new PlanTable(columns, rows);
    }

    private static boolean any(SearchResult result, ToIntFunction<ParallelPlan> degree) {
        return result.best().stream()
                .anyMatch(plan -> degree.applyAsInt(plan.priced().candidate().plan()) > 1);
    }

    private static List<String> row(PlanQuestion question, VerifiedPlan verified, boolean contexts, boolean experts) {
        PricedPlan priced = verified.priced();
        ParallelPlan plan = priced.candidate().plan();
        List<String> row = new ArrayList<>();
        row.add(String.valueOf(plan.gpus()));
        row.add(String.valueOf(plan.tensor()));
        if (contexts) {
            row.add(String.valueOf(plan.degrees().context()));
        }
        row.add(String.valueOf(plan.pipeline()));
        row.add(String.valueOf(plan.data()));
        if (experts) {
            row.add(String.valueOf(plan.degrees().expert()));
        }
        row.add(String.valueOf(priced.candidate().micro()));
        row.add(schedule(plan));
        row.add(String.valueOf(plan.zeroStage()));
        row.add(plan.sequenceParallel() ? "yes" : "no");
        row.add(plan.recompute().word());
        row.add(fine(priced.seconds(), 3));
        row.add(fine(verified.replayed().seconds(), 3));
        row.add(number("%.1f", 100 * verified.replayed().mfu()));
        row.add(number("%.1f", priced.memoryBytes() / GIBIBYTE));
        question.usd(priced.gpuSeconds()).ifPresent(usd -> row.add(fine(usd, 2)));
        return row;
    }

    private static String schedule(ParallelPlan plan) {
        String name = switch (plan.schedule()) {
            case ONE_F_ONE_B -> "1f1b";
            case INTERLEAVED -> "1f1b x " + plan.virtualStages();
            default -> ChoiceType.word(plan.schedule());
        };
        return plan.pipeline() == 1 ? "-" : name;
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    /** A number below 1 has two decimals more, so that small steps can be told apart. */
    private static String fine(double value, int decimals) {
        return number("%." + (value < 1 ? decimals + 2 : decimals) + "f", value);
    }

    /** The degrees in a few characters, such as {@code t8 p12 d10}. */
    public static String label(PricedPlan priced) {
        ParallelPlan plan = priced.candidate().plan();
        StringBuilder label = new StringBuilder("t" + plan.tensor());
        label.append(plan.degrees().context() > 1 ? " c" + plan.degrees().context() : "");
        label.append(" p").append(plan.pipeline());
        label.append(plan.virtualStages() > 1 ? "x" + plan.virtualStages() : "");
        label.append(" d").append(plan.data());
        label.append(plan.degrees().expert() > 1 ? " e" + plan.degrees().expert() : "");
        label.append(" m").append(priced.candidate().micro());
        label.append(plan.zeroStage() > 0 ? " z" + plan.zeroStage() : "");
        return label.toString();
    }

    /** How many plans were left out and why, in one line. */
    public static String leftOut(SearchResult result) {
        return result.excluded().entrySet().stream()
                .map(entry -> String.format(
                        Locale.ROOT,
                        "%s (%,d plan%s)",
                        entry.getKey().label(),
                        entry.getValue(),
                        entry.getValue() == 1 ? "" : "s"))
                .collect(Collectors.joining("; "));
    }
}
