package trainyard.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import trainyard.report.export.AtomicFiles;
import trainyard.scenario.Scenario;
import trainyard.scenario.source.ExitCode;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.Cell;
import trainyard.scenario.study.Study;
import trainyard.scenario.workload.Wording;
import trainyard.scenario.workload.sgd.SgdRealRun;
import trainyard.training.recording.RecordedRun;
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

    @Override
    public Integer call() throws IOException {
        Scenario scenario = scenarios.read(file, trainyard.terminal());
        Study study = Study.of(scenario, scenarios.quick());
        Map<Path, Trained> runs = runs(scenario, study);
        Files.createDirectories(folder);
        for (Map.Entry<Path, Trained> trained : runs.entrySet()) {
            record(
                    trained.getKey(),
                    trained.getValue().name(),
                    trained.getValue().run().play());
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
            Path target = folder.resolve(fileName(cell) + ".csv");
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

    private static String fileName(Cell cell) {
        String name = cell.label()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        return name.isEmpty() ? "run" : name;
    }

    private void record(Path target, String name, RecordedRun run) throws IOException {
        AtomicFiles.write(target, run.csv().getBytes(StandardCharsets.UTF_8));
        double[] done = run.updateSeconds();
        trainyard
                .terminal()
                .out()
                .printf(
                        Locale.ROOT,
                        "%s: %s in %.3f s, one in %.3f ms; loss %.4f at the start and %s; wrote %s%n",
                        name,
                        Wording.counted(done.length, "update"),
                        done[done.length - 1],
                        1e3 * done[done.length - 1] / done.length,
                        run.startLoss(),
                        end(run.outcome()),
                        target);
    }

    private static String end(TrainingOutcome outcome) {
        return outcome.divergence()
                .map(bad -> "no number from update " + bad.update() + " on at the latest: it diverged")
                .orElseGet(() -> String.format(
                        Locale.ROOT, "%.4f at the end", outcome.curve().last()));
    }
}
