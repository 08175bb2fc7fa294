package trainyard.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import trainyard.scenario.format.ClockTimes;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.ValueType;
import trainyard.scenario.source.ExitCode;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.source.YamlReader;
import trainyard.scenario.study.Cell;
import trainyard.scenario.study.Study;
import trainyard.scenario.workload.Workload;
import trainyard.scenario.workload.cluster.QueueAt;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;

/** Tells who waits for GPUs, and why. */
@Command(
        name = "queue",
        description =
                "Tell which jobs of a cluster wait at a moment, what is in the way of each, for which other it was stopped, and when it would"
                        + " start; with --gpus, when a job submitted then would. Starts are those of the first replication if all jobs run as long as their"
                        + " owners state, nobody else comes and nothing breaks; starts, saves and speeds count as in a run. With sweeps they are unknown.",
        mixinStandardHelpOptions = true)
final class Queue implements Callable<Integer> {

    private static final int MOST_GPUS = 1_000_000;
    private static final String RUN_TIME = "1 h";

    @ParentCommand
    private Trainyard trainyard;

    @Mixin
    private OutputOptions output;

    @Mixin
    private ScenarioOptions scenarios;

    @Parameters(index = "0", paramLabel = "FILE", description = "Scenario with jobs; - reads standard input.")
    private String file;

    @Option(names = "--at", paramLabel = "TIME", required = true, description = "The moment, such as '2 h'.")
    private String at;

    @Option(names = "--gpus", paramLabel = "N", description = "Also ask for a job that wants so many.")
    private String gpus = "";

    @Option(
            names = "--run-time",
            paramLabel = "TIME",
            description = "Run time that its owner states; default 1 h. Only with --gpus.")
    private String runTime = "";

    @Option(names = "--team", paramLabel = "NAME", description = "Its team. Only with --gpus.")
    private String team = "";

    @Option(
            names = "--only",
            paramLabel = "VARIANT",
            description = "The variant to look at. Default: the first, which the answer names.")
    private List<String> only = List.of();

    @Override
    public Integer call() {
        double seconds = value("--at", at, QuantityType.of(Dimension.DURATION));
        if (seconds > ClockTimes.MOST_SECONDS) {
            throw new ScenarioException(Problem.at(
                    new SourceText("--at", at).at(1, 1, at.length()),
                    Problem.Kind.VALUE,
                    "no run lasts so long",
                    "write at most " + Units.format(ClockTimes.MOST_SECONDS, Dimension.DURATION)));
        }
        refuseWithoutGpus("--run-time", runTime);
        refuseWithoutGpus("--team", team);
        Study study = scenarios.study(file, trainyard.terminal(), scenarios.quick(), only);
        Cell cell = study.cells().get(0);
        Workload workload = study.workload(cell);
        QueueAt queue = QueueAt.of(workload, seconds);
        OptionalInt wanted = gpus.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(Math.toIntExact(value("--gpus", gpus, IntegerType.of("GPUs", 1, MOST_GPUS))));
        Optional<OptionalDouble> asked = wanted.isEmpty()
                ? Optional.empty()
                : Optional.of(QueueAt.start(
                        workload,
                        seconds,
                        team,
                        wanted.getAsInt(),
                        value(
                                "--run-time",
                                runTime.isEmpty() ? RUN_TIME : runTime,
                                QuantityType.positive(Dimension.DURATION))));
        if (output.json()) {
            trainyard.terminal().out().println(document(queue, cell, asked).toPrettyString());
        } else {
            String where = study.cells().size() > 1 ? " of " + cell.label() : "";
            print(queue, where, wanted.orElse(0), asked, QueueAt.mostGpus(workload, team));
        }
        return ExitCode.OK.code();
    }

    /** What is said of a job that nobody asks for would count for nothing. */
    private void refuseWithoutGpus(String option, String text) {
        if (gpus.isEmpty() && !text.isEmpty()) {
            throw new ScenarioException(Problem.at(
                    new SourceText(option, text).at(1, 1, text.length()),
                    Problem.Kind.KEY,
                    option + " has no effect without --gpus",
                    "say with --gpus how many the job wants"));
        }
    }

    private static <T> T value(String option, String text, ValueType<T> type) {
        Problems problems = new Problems();
        Optional<T> value = type.read(YamlReader.value(new SourceText(option, text)), problems);
        problems.throwIfAny();
        return value.orElseThrow();
    }

    private void print(QueueAt queue, String where, int wanted, Optional<OptionalDouble> asked, double quota) {
        PrintStream out = trainyard.terminal().out();
        out.println("At " + time(queue.seconds()) + " " + queue.running()
                + (queue.running() == 1 ? " job runs on " : " jobs run on ") + count(queue.heldGpus()) + " of "
                + queue.gpus() + " GPUs" + where + ", and " + queue.waiting().size()
                + (queue.waiting().size() == 1 ? " waits." : " wait."));
        if (!queue.waiting().isEmpty()) {
            out.print(new Listing(
                            List.of("job", "team", "GPUs", "submitted", "would start", "why it waits"),
                            queue.waiting().stream().map(Queue::row).toList())
                    .text());
        }
        asked.ifPresent(start -> out.println("A job of " + wanted + " GPUs submitted then would "
                + (start.isPresent() ? "start at " + time(start.getAsDouble()) : never(queue, wanted, quota)) + "."));
    }

    private String never(QueueAt queue, int wanted, double quota) {
        if (wanted > queue.gpus()) {
            return "never start: the cluster has " + queue.gpus() + " GPUs";
        }
        return "never start" + (wanted > quota ? ": team " + team + " may use " + count(quota) + " at most" : "");
    }

    private static List<String> row(QueueAt.Waiting job) {
        return List.of(
                job.job(),
                job.team(),
                count(job.gpus()),
                time(job.submittedSeconds()),
                job.startSeconds().isPresent()
                        ? time(job.startSeconds().getAsDouble())
                        : job.noStart().orElseThrow().word(),
                job.why()
                        + (job.reservedSeconds().isPresent()
                                ? "; reserved from "
                                        + time(job.reservedSeconds().getAsDouble())
                                : "")
                        + job.stopped()
                                .map(stop -> "; stopped at " + time(stop.atSeconds()) + " for " + stop.forJob())
                                .orElse(""));
    }

    /** Whole GPUs, or thousandths of one. */
    private static String count(double gpus) {
        return BigDecimal.valueOf(Math.round(1000 * gpus), 3)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String time(double seconds) {
        return Units.format(seconds, Dimension.DURATION);
    }

    private static ObjectNode document(QueueAt queue, Cell cell, Optional<OptionalDouble> asked) {
        ObjectNode document = Json.object()
                .put("cell", cell.label())
                .put("atSeconds", queue.seconds())
                .put("running", queue.running())
                .put("heldGpus", new BigDecimal(count(queue.heldGpus())))
                .put("gpus", queue.gpus());
        ArrayNode waiting = document.putArray("waiting");
        queue.waiting().forEach(job -> {
            ObjectNode entry = waiting.addObject()
                    .put("job", job.job())
                    .put("team", job.team())
                    .put("gpus", new BigDecimal(count(job.gpus())))
                    .put("submittedSeconds", job.submittedSeconds())
                    .put("why", job.why());
            job.startSeconds().ifPresent(start -> entry.put("startSeconds", start));
            job.noStart().ifPresent(why -> entry.put("noStart", why.reason()));
            job.reservedSeconds().ifPresent(reserved -> entry.put("reservedSeconds", reserved));
            job.stopped()
                    .ifPresent(stop -> entry.put("stoppedFor", stop.forJob()).put("stoppedSeconds", stop.atSeconds()));
        });
        asked.flatMap(start -> start.isPresent() ? Optional.of(start.getAsDouble()) : Optional.<Double>empty())
                .ifPresent(start -> document.put("askedStartSeconds", start));
        return document;
    }
}
