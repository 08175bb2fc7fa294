package trainyard.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import trainyard.faults.trace.TraceFolder;
import trainyard.scenario.accuracy.AccuracyReport;
import trainyard.scenario.source.ExitCode;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.validity.Suites;
import trainyard.scenario.verify.CalibratedScore;
import trainyard.scenario.verify.Measurements;
import trainyard.scenario.verify.MissingColumns;
import trainyard.scenario.verify.Suite;
import trainyard.scenario.verify.Verification;
import trainyard.scenario.verify.VerificationDataException;
import trainyard.scenario.verify.VerificationJson;
import trainyard.scenario.verify.VerificationResult;
import trainyard.scenario.verify.VerificationText;
import trainyard.scenario.verify.calibration.CalibrationSuite;
import trainyard.scenario.verify.faults.FaultsSuite;
import trainyard.scenario.verify.scheduling.SchedulingSuite;
import trainyard.scenario.verify.sgd.SgdSuite;
import trainyard.scenario.verify.training.Ablation;
import trainyard.scenario.verify.training.TrainingSuite;
import trainyard.sim.hardware.HardwareCatalog;

/** Holds the model against published measurements. */
@Command(
        name = "verify",
        description = {
            "Hold the model against published measurements and print the error per source.",
            "Ends with 4 only when a row with gate = yes misses the tolerance that it states."
        },
        mixinStandardHelpOptions = true)
final class Verify implements Callable<Integer> {

    @ParentCommand
    private Trainyard trainyard;

    @Mixin
    private OutputOptions output;

    @Mixin
    private ReportOption report;

    @Parameters(
            paramLabel = "SUITE",
            description = "collectives, training, memory, bubbles, faults, scheduling, sgd" + " or calibration.")
    private String name;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of CSV files; every one with known columns is read. Default: the rows shipped.")
    private Optional<Path> data;

    @Option(
            names = "--traces",
            paramLabel = "DIR",
            description = {
                "Folder of traces, one folder per source; those shipped are found without it.",
                "Only faults and scheduling have this."
            })
    private Optional<Path> traces;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = {
                "Seed of what rows are simulated with; only faults and sgd have this.",
                "Default: 1. Rows of faults have the same verdicts under 2, 3 and 4."
            })
    private Optional<Long> seed;

    @Option(
            names = "--calibrated",
            negatable = true,
            description = {
                "Also calibrate the model of each cluster with at most 8 rows, chosen by a hash of their identifiers,",
                "and score the other rows; for sources with 24 gated rows or more. Only training has this.",
                "Takes half a minute. Default: with -o; --no-calibrated leaves it out."
            })
    private Optional<Boolean> calibrated;

    @Option(
            names = "--ablation",
            description = {
                "Instead: score the training rows once more without each effect of the model, one at a time, and print",
                "what that makes of the error. Takes a dozen times as long."
            })
    private boolean ablation;

    @Override
    public Integer call() throws IOException {
        Suite suite = withTraces(withSeed(suite()));
        Measurements measurements = data.map(Measurements::of).orElseGet(() -> Measurements.shipped(suite));
        MissingColumns.check(measurements, Suites.all());
        if (ablation) {
            return printAblation(suite, measurements);
        }
        VerificationResult plain = scored(suite, measurements);
        boolean both = calibrated.orElse(report.isGiven());
        VerificationResult result = both ? plain.with(calibrated(suite, measurements)) : plain;
        PrintStream out = trainyard.terminal().out();
        out.println(output.json() ? VerificationJson.render(result) : VerificationText.render(result));
        PrintStream where = output.json() ? trainyard.terminal().err() : out;
        report.write(() -> AccuracyReport.of(suite, result, measurements, command()))
                .ifPresent(files -> where.println("Wrote " + files));
        return (result.holds() ? ExitCode.OK : ExitCode.CHECK_FAILED).code();
    }

    private VerificationResult scored(Suite suite, Measurements measurements) {
        try (Progress progress = new Progress(trainyard.terminal(), Verification.rows(suite, measurements))) {
            return Verification.run(suite, measurements, progress::update);
        }
    }

    private List<CalibratedScore> calibrated(Suite suite, Measurements measurements) {
        AtomicInteger clusters = new AtomicInteger();
        try (Progress progress = new Progress(trainyard.terminal(), suite.clustersToCalibrate(measurements))) {
            return suite.calibrated(measurements, () -> progress.update(clusters.incrementAndGet()));
        }
    }

    private Suite withSeed(Suite suite) {
        if (seed.isEmpty()) {
            return suite;
        }
        if (suite instanceof FaultsSuite) {
            return Suites.faults(seed.get());
        }
        if (suite instanceof SgdSuite) {
            return Suites.sgd(seed.get());
        }
        throw new ScenarioException(
                Problem.of(Problem.Kind.VALUE, "--seed knows the suites faults and sgd only", "verify sgd --seed N"));
    }

    private Suite withTraces(Suite suite) {
        if (suite instanceof SchedulingSuite scheduling) {
            SchedulingSuite own = traces.map(this::folder)
                    .map(TraceFolder::plain)
                    .map(scheduling::withTraces)
                    .orElse(scheduling);
            return data.map(folder -> own.withPerJob(TraceFolder.plain(folder.resolve("per_job"))))
                    .orElse(own);
        }
        if (traces.isEmpty()) {
            return suite instanceof CalibrationSuite calibration
                    ? data.map(calibration::withProfiles).orElse(calibration)
                    : suite;
        }
        if (!(suite instanceof FaultsSuite faults)) {
            throw new ScenarioException(Problem.of(
                    Problem.Kind.VALUE,
                    "--traces knows the suites faults and scheduling only",
                    "verify faults --traces DIR"));
        }
        return faults.with(TraceFolder.of(folder(traces.get())));
    }

    private Path folder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new VerificationDataException(folder + ": not a folder that can be read");
        }
        return folder;
    }

    /** Names the folder of measurements as a word: where it lies differs from machine to machine. */
    private String command() {
        return "trainyard verify " + name + (data.isPresent() ? " --data DIR" : "")
                + seed.map(number -> " --seed " + number).orElse("")
                + (calibrated.isPresent() ? calibrated.get() ? " --calibrated" : " --no-calibrated" : "") + " -o DIR";
    }

    private int printAblation(Suite suite, Measurements measurements) {
        if (!(suite instanceof TrainingSuite)) {
            throw new ScenarioException(Problem.of(
                    Problem.Kind.VALUE, "--ablation knows the suite training only", "verify training --ablation"));
        }
        Ablation table;
        int rows = Ablation.passes() * Verification.rows(suite, measurements);
        try (Progress progress = new Progress(trainyard.terminal(), rows)) {
            table = Ablation.of(HardwareCatalog.load(), measurements, progress::update);
        }
        trainyard.terminal().out().println(output.json() ? Json.ablation(table).toPrettyString() : table.text());
        return ExitCode.OK.code();
    }

    private Suite suite() {
        List<Suite> suites = Suites.all();
        List<String> names = suites.stream().map(Suite::name).toList();
        return suites.stream()
                .filter(suite -> suite.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ScenarioException(Problem.of(
                        Problem.Kind.PRESET,
                        "no suite '" + name + "'; there are " + String.join(" ", names),
                        Nearest.hint(name, names))));
    }
}
