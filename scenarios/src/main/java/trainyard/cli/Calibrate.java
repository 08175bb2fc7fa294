package trainyard.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import trainyard.report.ReportWriter;
import trainyard.report.document.ReportDocument;
import trainyard.report.export.AtomicFiles;
import trainyard.report.format.Numbers;
import trainyard.scenario.answer.Product;
import trainyard.scenario.calibration.CalibrationReport;
import trainyard.scenario.calibration.FittedConstant;
import trainyard.scenario.calibration.HeldOutErrors;
import trainyard.scenario.source.ExitCode;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.metric.Wording;
import trainyard.sim.hardware.calibration.CalibrationProfile;
import trainyard.training.calibration.Calibration;
import trainyard.training.calibration.CalibrationResult;
import trainyard.training.calibration.CalibrationSweep;
import trainyard.training.calibration.ProfileFiles;
import trainyard.training.calibration.measure.CalibrationDevice;
import trainyard.training.calibration.measure.CalibrationDevice.Session;
import trainyard.training.calibration.measure.SampleLog;
import trainyard.training.calibration.measure.Stopper;
import trainyard.training.gpu.GpuGuard;
import trainyard.training.nativecode.NativeModule;

/** Measures this machine with real training jobs and writes a profile of it. */
@Command(
        name = "calibrate",
        description = {
            "Measure this machine with small training jobs of DL4J and write a profile that scenarios can name.",
            "Every repetition is kept beside it; stopped or called again, it goes on where it was."
        },
        mixinStandardHelpOptions = true)
final class Calibrate implements Callable<Integer> {

    private static final String GPU = "cuda";
    private static final List<String> DEVICES = List.of("cpu", GPU);
    private static final int DIGITS = 3;

    @ParentCommand
    private Trainyard trainyard;

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "What runs the jobs: cpu or cuda. Default: cpu.",
            defaultValue = "cpu")
    private String device;

    @Option(names = "--quick", description = "Fewer jobs, in under a minute; the whole takes up to ten minutes.")
    private boolean quick;

    @Option(names = "--fresh", description = "Begin anew although there are samples.")
    private boolean fresh;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = {
                "The profile, such as here.yaml. Beside it: here.samples.csv with every repetition, here.jobs.csv with every job,",
                "and here.report with charts."
            })
    private Path file;

    @Override
    public Integer call() throws IOException {
        ProfileFiles files = ProfileFiles.of(checked(file));
        CalibrationDevice known = device();
        try (Session session = known.open()) {
            if (fresh) {
                Files.deleteIfExists(files.samples());
            }
            return calibrate(session, quick ? CalibrationSweep.quick() : CalibrationSweep.full(), files);
        }
    }

    private static Path checked(Path file) {
        Path name = file.getFileName();
        if (name == null || !name.toString().matches("[A-Za-z0-9][A-Za-z0-9._-]*\\.ya?ml")) {
            throw wrong(Problem.Kind.VALUE, "-o names " + file + ", which is no name of a YAML file", "-o here.yaml");
        }
        Optional<String> obstacle = Files.isDirectory(file)
                ? Optional.of(file + " is a folder")
                : OutputFolder.obstacle(file.toAbsolutePath().getParent());
        obstacle.ifPresent(what -> {
            throw wrong(Problem.Kind.FILE, "cannot write " + file + ": " + what, "name another file with -o");
        });
        return file;
    }

    private static ScenarioException wrong(Problem.Kind kind, String message, String hint) {
        return new ScenarioException(Problem.of(kind, message, hint));
    }

    private CalibrationDevice device() {
        if (!DEVICES.contains(device)) {
            throw wrong(
                    Problem.Kind.VALUE,
                    "no device '" + device + "'; there are " + String.join(" ", DEVICES),
                    Nearest.hint(device, DEVICES));
        }
        return device.equals(GPU)
                ? NativeModule.gpuService(
                                CalibrationDevice.class, one -> one.name().equals(GPU))
                        .orElseThrow(GpuGuard::notBuilt)
                : NativeModule.service(
                        CalibrationDevice.class, one -> one.name().equals(device));
    }

    private int calibrate(Session session, CalibrationSweep sweep, ProfileFiles files) throws IOException {
        Files.createDirectories(files.profile().toAbsolutePath().getParent());
        Calibration calibration;
        try {
            calibration = Calibration.open(session, sweep, files);
        } catch (SampleLog.MixedSamplesException mixed) {
            throw wrong(Problem.Kind.FILE, mixed.getMessage(), "name another file with -o, or begin anew with --fresh");
        }
        if (calibration.samples() > 0) {
            trainyard
                    .terminal()
                    .err()
                    .println("going on behind " + Wording.counted(calibration.samples(), "sample") + " in "
                            + files.samples());
        }
        Stopper stopper = Stopper.after(sweep.pace().seconds());
        try (Interruption interruption = new Interruption(stopper::stop);
                Progress progress = new Progress(trainyard.terminal(), sweep.visits())) {
            AtomicInteger visits = new AtomicInteger();
            measure(calibration, stopper, () -> progress.update(visits.incrementAndGet()), interruption);
            progress.end();
            if (interruption.isInterrupted()) {
                trainyard
                        .terminal()
                        .err()
                        .println("interrupted; " + Wording.counted(calibration.samples(), "sample") + " kept in "
                                + files.samples() + ", the same command goes on" + olderProfile(files));
                return ExitCode.INTERRUPTED.code();
            }
            CalibrationResult result = calibration.result("calibrate " + Product.version(), files);
            tell(result, write(result, files));
            return ExitCode.OK.code();
        }
    }

    /** What the profile of an earlier run is that has grown older than its samples. */
    private static String olderProfile(ProfileFiles files) {
        return Files.exists(files.profile())
                ? "; " + files.profile() + " is of the samples before this run, and stays so until one ends"
                : "";
    }

    /** Ctrl-C reaches the processes of the ring too, and a line that they leave is no failure then. */
    private static void measure(Calibration calibration, Stopper stopper, Runnable visited, Interruption interruption)
            throws IOException {
        try {
            calibration.measure(stopper, visited);
        } catch (IOException failure) {
            if (!interruption.isInterrupted()) {
                throw failure;
            }
        }
    }

    private List<String> write(CalibrationResult result, ProfileFiles files) throws IOException {
        AtomicFiles.write(files.jobs(), result.jobTable().getBytes(StandardCharsets.UTF_8));
        AtomicFiles.write(files.profile(), result.profile().toYaml().getBytes(StandardCharsets.UTF_8));
        ReportDocument report = CalibrationReport.of(result, command());
        Path folder = files.profile().resolveSibling(files.id() + ".report");
        ReportWriter.write(report, folder, ReportWriter.Charts.SVG_AND_PNG);
        return List.of(
                files.profile().toString(),
                files.samples().toString(),
                files.jobs().toString(),
                folder.resolve("report.html").toString());
    }

    private String command() {
        return "trainyard calibrate --device " + device + (quick ? " --quick" : "") + " -o " + file.getFileName();
    }

    private void tell(CalibrationResult result, List<String> written) {
        PrintStream out = trainyard.terminal().out();
        if (output.json()) {
            out.println(json(result, written).toPrettyString());
            return;
        }
        CalibrationProfile profile = result.profile();
        out.println(profile.machine().software().getOrDefault("cpu", "")
                + (profile.machine().gpu().isEmpty()
                        ? ""
                        : ", " + profile.machine().gpu()) + ", "
                + profile.machine().cores() + " cores: " + profile.origin().method());
        out.println();
        out.print(constants(profile));
        out.println();
        out.print(errors(profile));
        HeldOutErrors.meanPercent(profile)
                .ifPresent(mean -> out.printf(
                        Locale.ROOT,
                        "%nHeld out   %s that the fit never saw, predicted to %.1f %% on average%n",
                        Wording.counted(profile.jobs().size(), "job"),
                        mean));
        result.notes().forEach(note -> out.println("Note       " + note));
        out.println("Wrote      " + String.join(", ", written));
    }

    private static String constants(CalibrationProfile profile) {
        List<List<String>> rows = new ArrayList<>();
        for (FittedConstant constant : FittedConstant.of(profile)) {
            rows.add(List.of(
                    constant.of(),
                    constant.name(),
                    Numbers.of(constant.value(), DIGITS),
                    constant.unit(),
                    constant.ci95()
                            .map(one -> Numbers.of(one.low(), DIGITS) + " to " + Numbers.of(one.high(), DIGITS))
                            .orElse("")));
        }
        return new Listing(List.of("fitted", "constant", "value", "unit", "95 % interval"), rows).text();
    }

    private static String errors(CalibrationProfile profile) {
        List<List<String>> rows = new ArrayList<>();
        for (HeldOutErrors errors : HeldOutErrors.of(profile)) {
            rows.add(List.of(
                    errors.of(),
                    Integer.toString(errors.quality().samples()),
                    Integer.toString(errors.quality().heldOut()),
                    percent(errors.quality().meanPercent()),
                    percent(errors.quality().medianPercent()),
                    percent(errors.quality().p90Percent()),
                    percent(errors.quality().maxPercent())));
        }
        return new Listing(List.of("network", "fitted", "held out", "MAPE %", "median", "p90", "max"), rows).text();
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static ObjectNode json(CalibrationResult result, List<String> written) {
        ObjectNode document =
                Json.object().put("ok", true).put("profile", result.profile().id());
        HeldOutErrors.meanPercent(result.profile()).ifPresent(mean -> document.put("held_out_mape_pct", mean));
        ArrayNode constants = document.putArray("constants");
        for (FittedConstant constant : FittedConstant.of(result.profile())) {
            ObjectNode node = constants
                    .addObject()
                    .put("of", constant.of())
                    .put("name", constant.name())
                    .put("value", constant.value())
                    .put("unit", constant.unit());
            constant.ci95()
                    .ifPresent(one -> node.putArray("ci95").add(one.low()).add(one.high()));
        }
        ArrayNode notes = document.putArray("notes");
        result.notes().forEach(notes::add);
        ArrayNode files = document.putArray("files");
        written.forEach(files::add);
        return document;
    }
}
