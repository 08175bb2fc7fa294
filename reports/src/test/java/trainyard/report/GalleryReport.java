package trainyard.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import trainyard.report.document.Assumption;
import trainyard.report.document.Assumption.Origin;
import trainyard.report.document.Breakdown;
import trainyard.report.document.Check;
import trainyard.report.document.Check.Verdict;
import trainyard.report.document.Completion;
import trainyard.report.document.Headline;
import trainyard.report.document.Measurement;
import trainyard.report.document.ReportBuilder;
import trainyard.report.document.ReportDocument;
import trainyard.report.document.Reproduction;
import trainyard.report.document.Summary;
import trainyard.report.document.ValidityRow;
import trainyard.report.document.ValidityRow.Status;
import trainyard.report.document.VariantTable;
import trainyard.report.document.VariantTable.Better;
import trainyard.report.document.VariantTable.Variant;
import trainyard.report.figure.Estimate;
import trainyard.report.trace.Trace;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.hardware.Provenance.Kind;

/** A report with every section and the whole gallery of figures. Run {@code main} with a folder to look at the page. */
public final class GalleryReport {

    static final String HASH = "3f9c2a1b".repeat(8);

    private GalleryReport() {}

    /** Writes the report into the folder named by the first argument. */
    public static void main(String[] args) throws IOException {
        ReportWriter.write(full(), Path.of(args[0]), ReportWriter.Charts.SVG_AND_PNG);
    }

    /** A report with nothing but the parts that none goes without. */
    public static ReportBuilder bare(String title) {
        return new ReportBuilder(
                "gpt3-175b-step",
                title,
                "How long does one training step of GPT-3 175B take on 1,024 A100, and where does the time go?",
                new Headline(
                        "One step of GPT-3 175B takes 16.3 s (16.1 to 16.4 s) on 1,024 A100; that is 141 TFLOP/s per GPU, 45 % of peak.",
                        "step time", "s", new Estimate(16.28, 16.13, 16.43), "95 % confidence, 50 replications"),
                new Reproduction(
                        "./trainyard run scenarios/gallery/gpt3-175b-step.yaml --seed 1 --set parallel.pipeline=8",
                        "0.1.0",
                        HASH,
                        1,
                        Map.of("gpt3-175b-step.yaml", "ab".repeat(32), "models/gpt3-175b.json", "cd".repeat(32))));
    }

    /** Every section filled. */
    public static ReportDocument full() {
        return bare("One step of GPT-3 175B on 1,024 A100")
                .completion(new Completion(43, 50))
                .checks(List.of(
                        new Check("step-time.mean <= 17 s", "16.28 s (16.13 to 16.43)", Verdict.PASS),
                        new Check("memory.max <= 80 GiB", "66.0 GiB", Verdict.PASS),
                        new Check("mfu.mean >= 0.50", "0.452 (0.448 to 0.456)", Verdict.FAIL),
                        new Check("goodput.p5 >= 0.9", "the run was interrupted", Verdict.UNDECIDED)))
                .figures(List.copyOf(GalleryOfFigures.all().values()))
                .variants(List.of(variants()))
                .breakdowns(List.of(stepTime(), memory()))
                .assumptions(assumptions())
                .validity(validity())
                .notes(List.of("The half-width of mfu exceeds 5 % of its mean; run with --replications 200."))
                .summaries(List.of(new Summary("", "1f1b", "step time", "s", new Estimate(16.28, 16.13, 16.43), 43)))
                .measurements(List.of(
                        new Measurement("", "1f1b", 0, "step time", "s", 16.2800000001),
                        new Measurement("", "1f1b", 1, "step time", "s", Double.NaN)))
                .timeline(timeline())
                .attachment("scenario.resolved.yaml", "name: gpt3-175b-step\n")
                .build();
    }

    private static VariantTable variants() {
        return new VariantTable(
                "Step time",
                "s",
                Better.LOWER,
                List.of(
                        new Variant("1F1B", new Estimate(17.92, 17.8, 18.04), Estimate.exact(1), true),
                        new Variant(
                                "interleaved, 3 chunks per stage",
                                new Estimate(16.28, 16.13, 16.43),
                                new Estimate(0.908, 0.902, 0.915),
                                false),
                        new Variant("GPipe", new Estimate(18.1, 17.6, 18.6), new Estimate(1.01, 0.985, 1.035), false),
                        new Variant(
                                "1F1B, full recomputation",
                                new Estimate(22.4, 22.2, 22.6),
                                new Estimate(1.25, 1.24, 1.26),
                                false)));
    }

    private static Breakdown stepTime() {
        return new Breakdown(
                "Step time",
                "s",
                16.28,
                List.of(
                        new Breakdown.Term(
                                "matrix products",
                                10.92,
                                "FLOPs / (peak x efficiency by shape)",
                                "Narayanan et al. 2021, eq. 3"),
                        new Breakdown.Term("other kernels", 1.73, "bytes / memory bandwidth", "roofline"),
                        new Breakdown.Term(
                                "pipeline bubble", 1.4, "(p - 1) / (v m) x compute", "Narayanan et al. 2021"),
                        new Breakdown.Term("tensor-parallel communication", 1.64, "", "simulated"),
                        new Breakdown.Term("exposed data-parallel communication", 0.48, "", "simulated"),
                        new Breakdown.Term("optimizer", 0.11, "18 bytes x parameters / bandwidth", "")));
    }

    private static Breakdown memory() {
        return new Breakdown(
                "Memory of stage 0",
                "GiB",
                66.02,
                List.of(
                        new Breakdown.Term("parameters", 5.12, "2 bytes x parameters of the stage", ""),
                        new Breakdown.Term("gradients", 10.24, "4 bytes x parameters of the stage", ""),
                        new Breakdown.Term("optimizer", 20.48, "8 bytes x parameters of the stage", ""),
                        new Breakdown.Term(
                                "activations",
                                28.1,
                                "s b h L / t x (34 + 5 a s / h)",
                                "Korthikanti et al. 2022, eq. 2"),
                        new Breakdown.Term("buffers", 2.08, "", "assumed")));
    }

    private static List<Assumption> assumptions() {
        return List.of(
                new Assumption(
                        "cluster.node.gpu.peak",
                        "312 TFLOP/s (bf16)",
                        Origin.DEFAULT,
                        new Provenance(Kind.PUBLISHED, "NVIDIA A100 data sheet", "2021-06")),
                new Assumption(
                        "cluster.fabric.bandwidth",
                        "200 Gb/s",
                        Origin.SET,
                        new Provenance(Kind.USER, "scenario line 17", "")),
                new Assumption(
                        "model.layers",
                        "96",
                        Origin.IMPORTED,
                        new Provenance(Kind.PUBLISHED, "models/gpt3-175b.json", "2020-05")),
                new Assumption(
                        "kernel.launch-overhead",
                        "4.5 µs",
                        Origin.DEFAULT,
                        new Provenance(Kind.ASSUMED, "no figure for this generation", "2026-11")),
                new Assumption(
                        "kernel.efficiency",
                        "profile a100-sxm-80.json",
                        Origin.DEFAULT,
                        new Provenance(Kind.MEASURED, "own calibration run", "2026-10")));
    }

    private static List<ValidityRow> validity() {
        return List.of(
                new ValidityRow(
                        "step time, dense GPT",
                        Status.VERIFIED,
                        "Korthikanti et al. 2022, table 5",
                        4,
                        OptionalDouble.of(2.31),
                        OptionalDouble.of(1.4),
                        "22B to 1T parameters"),
                new ValidityRow(
                        "collectives",
                        Status.PARTLY,
                        "nccl-tests, A100 and H100",
                        118,
                        OptionalDouble.of(11.2),
                        OptionalDouble.empty(),
                        "from 1 MiB on"),
                new ValidityRow(
                        "memory",
                        Status.UNVERIFIED,
                        "",
                        0,
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        "no published rows in this range"));
    }

    private static Trace timeline() {
        return new Trace(
                List.of(
                        new Trace.Track(0, "stage 0", 0, "compute"),
                        new Trace.Track(0, "stage 0", 1, "communication"),
                        new Trace.Track(1, "stage 1", 0, "compute")),
                List.of(
                        new Trace.Span(0, 0, "forward 0", "forward", 0, 12_000_001),
                        new Trace.Span(0, 1, "all-reduce", "", 12_000_001, 1_500_000),
                        new Trace.Span(1, 0, "forward 0", "forward", 13_500_001, 12_000_000)));
    }
}
