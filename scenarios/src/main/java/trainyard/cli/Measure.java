package trainyard.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import trainyard.report.export.AtomicFiles;
import trainyard.scenario.Scenario;
import trainyard.scenario.source.ExitCode;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.Cell;
import trainyard.scenario.study.Study;
import trainyard.scenario.workload.metric.Wording;
import trainyard.scenario.workload.sgd.SgdRealRun;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;
import trainyard.training.recording.RecordedRun;
import trainyard.training.recording.Recording;
import trainyard.training.run.TrainingOutcome;

/** Trains for real what a scenario simulates, and records it. */
@Command(
        name = "measure",
        description = {
            "Train for real, as Java processes on this machine with DL4J, what a scenario with sgd simulates, and record it.",
            "A variant with sgd.recording then tells the recorded run beside the simulated one."
        },
        mixinStandardHelpOptions = true)
final class Measure implements Callable<Integer> {

    /** A cell that is trained, and what it is called. */
    private record Trained(String name, SgdRealRun run) {}

    private static final int MOST_RUNS = 100;

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Trainyard trainyard;

    @Mixin
    private ScenarioOptions scenarios;

    @Parameters(paramLabel = "FILE", description = "Scenario; each variant that tells no recording is trained.")
    private String file;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            converter = OutputFolder.class,
            description = "Folder of the recordings, one CSV file for each variant.")
    private Path folder;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Runs of each variant, all in one recording (default: ${DEFAULT-VALUE}). Their range is told beside what is"
                            + " simulated.")
    private int repeat;

    @Override
    public Integer call() throws IOException {
        if (repeat < 1 || repeat > MOST_RUNS) {
            throw new ParameterException(
                    spec.commandLine(), "--repeat must be a whole number from 1 to " + MOST_RUNS + ", got " + repeat);
        }
        Scenario scenario = scenarios.read(file, trainyard.terminal());
        Study study = Study.of(scenario, scenarios.quick());
        Map<Path, Trained> runs = runs(scenario, study);
        Files.createDirectories(folder);
        runs.values().forEach(this::tellWhatIsOfTheSimulation);
        AtomicInteger written = new AtomicInteger();
        try (Interruption interruption = Interruption.telling(
                trainyard.terminal().err(),
                () -> written + " of " + Wording.counted(runs.size(), "recording") + " written in " + folder
                        + ", what was under way is not kept")) {
            for (Map.Entry<Path, Trained> trained : runs.entrySet()) {
                record(trained.getKey(), trained.getValue(), study);
                written.incrementAndGet();
            }
        }
        return ExitCode.OK.code();
    }

    /** What is trained, by the file of its recording; all of it is checked before the first begins. */
    private Map<Path, Trained> runs(Scenario scenario, Study study) {
        Map<Path, Trained> runs = new LinkedHashMap<>();
        for (Cell cell : study.cells()) {
            Optional<SgdRealRun> run = cell.role() == Cell.Role.GRID
                    ? SgdRealRun.of(study.values(cell), scenario.seed())
                    : Optional.empty();
            Path target = folder.resolve(fileName(scenario, cell) + ".csv");
            if (run.isPresent() && runs.put(target, new Trained(name(cell), run.get())) != null) {
                throw new ScenarioException(Problem.of(
                        Problem.Kind.VALUE,
                        "two variants would be recorded in " + target.getFileName() + ", one of them " + cell.label(),
                        "give one of them a name with other letters or digits"));
            }
        }
        if (runs.isEmpty()) {
            throw new ScenarioException(Problem.of(
                    Problem.Kind.KEY,
                    "each variant tells a recorded run, so there is none to train",
                    "leave sgd.recording out of one"));
        }
        return runs;
    }

    private static String name(Cell cell) {
        return cell.label().isBlank() ? "run" : cell.label();
    }

    /** Of the variant; without one of the scenario, since all scenarios without variants would share a name. */
    static String fileName(Scenario scenario, Cell cell) {
        String swept = cell.coordinates().isEmpty() ? "" : " " + cell.label();
        String name = letters(cell.variant().isEmpty() ? scenario.name() + swept : cell.label());
        return name.isEmpty() ? "run" : name;
    }

    private static String letters(String words) {
        return words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    /** Nothing that the scenario states is passed over unseen. */
    private void tellWhatIsOfTheSimulation(Trained trained) {
        List<String> keys = trained.run().ofTheSimulation();
        if (!keys.isEmpty()) {
            trainyard
                    .terminal()
                    .err()
                    .println(trained.name() + ": the run takes what this machine has and ends with its examples; "
                            + String.join(", ", keys) + (keys.size() == 1 ? " counts" : " count")
                            + " in the simulation alone");
        }
    }

    private void record(Path target, Trained trained, Study study) throws IOException {
        List<RecordedRun> runs = new ArrayList<>();
        for (int i = 0; i < repeat; i++) {
            runs.add(trained.run().play());
        }
        AtomicFiles.write(target, new Recording(runs).csv().getBytes(StandardCharsets.UTF_8));
        PrintStream out = trainyard.terminal().out();
        RecordedRun first = runs.get(0);
        double[] done = first.updateSeconds();
        out.printf(
                Locale.ROOT,
                "%s: %s in %.3f s; loss %.4f at the start and %s; wrote %s%n",
                trained.name(),
                Wording.counted(done.length, "update"),
                done[done.length - 1],
                first.startLoss(),
                end(first.outcome()),
                target);
        double quiet = trained.run().simulatedSeconds(Optional.empty(), study.replications());
        out.println("  " + MeasuredRange.of(runs).beside(quiet));
        tellCores(out, trained.run(), runs, study.replications());
    }

    /** What is simulated at the speeds that the cores had, run by run. */
    private static void tellCores(PrintStream out, SgdRealRun run, List<RecordedRun> runs, int replications) {
        run.reference()
                .ifPresent(job -> out.printf(
                        Locale.ROOT,
                        "  cores measured by the gradient of \"%s\", %s on a quiet machine%n",
                        job.job(),
                        Units.format(job.seconds(), Dimension.DURATION)));
        List<AtCoreSpeeds> told = new ArrayList<>();
        for (RecordedRun one : runs) {
            one.coreSpeeds()
                    .ifPresent(cores -> told.add(AtCoreSpeeds.of(
                            one.secondsPerUpdate(), run.simulatedSeconds(Optional.of(cores), replications), cores)));
        }
        if (!told.isEmpty()) {
            AtCoreSpeeds.lines(told).forEach(line -> out.println("  " + line));
        }
    }

    private static String end(TrainingOutcome outcome) {
        return outcome.divergence()
                .map(bad -> "no number from update " + bad.update() + " on at the latest: it diverged")
                .orElseGet(() -> String.format(
                        Locale.ROOT, "%.4f at the end", outcome.curve().last()));
    }
}
