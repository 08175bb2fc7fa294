package trainyard.scenario.importing.deepspeed;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.importing.draft.JsonObject;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/**
 * The number format of a DeepSpeed configuration: {@code fp16}, {@code bf16}, or that of {@code torch_autocast} (deepspeed/runtime/
 * config.py, DtypeEnum, and runtime/torch_autocast.py, read 2026-11).
 */
final class NumberFormats {

    private static final String PRECISION = "job.precision";
    private static final String AUTOCAST = "torch_autocast";
    private static final String REDUCTION = "job.parallel.gradient-reduction";
    private static final String COMMUNICATION = "communication_data_type";
    private static final String HALF = "fp16";
    private static final String BRAIN = "bf16";
    /** What {@code bf16} was called at first. */
    private static final String OLD_BRAIN = "bfloat16";

    /** Names of a format behind {@code torch.}, or alone. */
    private static final Map<String, String> DTYPES = Map.of(
            "bfloat16", "bf16",
            "bf16", "bf16",
            "float16", "fp16",
            "fp16", "fp16",
            "half", "fp16",
            "float32", "fp32",
            "fp32", "fp32",
            "float", "fp32");

    /** Formats in which DeepSpeed reduces gradients; {@code bfp16} is bf16 as its earlier versions spell it. */
    private static final Map<String, String> REDUCTIONS =
            Map.of("fp32", "fp32", HALF, HALF, BRAIN, BRAIN, "bfp16", BRAIN);

    private final JsonObject root;
    private final Draft draft;
    private final ImportLog log;

    NumberFormats(JsonObject root, Draft draft) {
        this.root = root;
        this.draft = draft;
        this.log = draft.log();
    }

    /**
     * @throws ScenarioException if two formats are enabled, or one is none
     */
    void put() {
        Optional<Found> half = enabled(HALF);
        Optional<Found> brain = enabled(BRAIN).or(() -> enabled(OLD_BRAIN));
        Optional<Found> openBrain = open(BRAIN).or(() -> open(OLD_BRAIN));
        Optional<Found> open = openBrain.or(() -> open(HALF));
        if (half.isPresent() && brain.isPresent()) {
            throw new ScenarioException(Problem.at(
                    brain.get().position(),
                    Problem.Kind.PLAN,
                    "fp16 and bf16 are both enabled, which DeepSpeed refuses",
                    "disable one of them"));
        }
        half.ifPresent(found -> draft.read(PRECISION, HALF, found));
        brain.ifPresent(found -> draft.read(PRECISION, BRAIN, found));
        section(AUTOCAST).ifPresent(this::autocast);
        boolean cast = half.isEmpty() && brain.isEmpty() && draft.has(PRECISION);
        if (!draft.has(PRECISION) && open.isPresent()) {
            String likely = openBrain.isPresent() ? BRAIN : HALF;
            draft.assume(PRECISION, likely, "\"auto\": the trainer decides");
            log.warn(Problem.at(
                    open.get().position(),
                    Problem.Kind.VALUE,
                    "\"auto\" leaves the precision to the trainer; " + likely + " is assumed",
                    "state it with --set job.precision=bf16, fp16 or fp32"));
        } else if (!draft.has(PRECISION)) {
            draft.assume(PRECISION, "fp32", "neither fp16 nor bf16 nor torch_autocast is enabled");
        }
        reduction(cast);
    }

    /**
     * Gradients travel in a format that is stated, else in that of fp16 or bf16 (deepspeed/runtime/engine.py,
     * communication_data_type).
     *
     * @param cast whether only products have a format of 16 bits
     */
    private void reduction(boolean cast) {
        Optional<Found> stated = root.value(COMMUNICATION);
        stated.ifPresent(found -> {
            String word = REDUCTIONS.get(found.text().toLowerCase(Locale.ROOT));
            if (word == null) {
                throw new ScenarioException(Problem.at(
                        found.position(),
                        Problem.Kind.VALUE,
                        COMMUNICATION + " is fp16, bf16 or fp32, not '" + found.text() + "'",
                        Nearest.hint(found.text(), REDUCTIONS.keySet())));
            }
            draft.read(REDUCTION, word, found);
        });
        String format = draft.find(PRECISION).orElse("fp32");
        if (stated.isEmpty() && !cast && !format.equals("fp32")) {
            draft.assume(REDUCTION, format, "no " + COMMUNICATION + ", so that of the weights");
        }
    }

    private Optional<JsonObject> section(String name) {
        return root.object(name, "\"" + name + "\": {\"enabled\": true}");
    }

    /** Where neither fp16 nor bf16 is enabled, weights have 32 bits and products the format of this section. */
    private void autocast(JsonObject section) {
        Optional<Found> enabled = section.flag("enabled");
        Optional<Found> dtype = section.value("dtype");
        section.ignoreRest(log, IgnoredKeys::reason);
        boolean on = enabled.filter(found -> found.text().equals("true")).isPresent();
        if (on && !draft.has(PRECISION)) {
            log.note(Fate.READ, enabled.get(), "products have the format of " + AUTOCAST + ".dtype");
            dtype.ifPresentOrElse(
                    this::products, () -> draft.assume(PRECISION, "fp16", "default of PyTorch's autocast on GPUs"));
        } else {
            String why = on ? "fp16 or bf16 says which format is used" : AUTOCAST + " is not enabled";
            Stream.of(enabled, dtype).flatMap(Optional::stream).forEach(found -> log.note(Fate.IGNORED, found, why));
        }
    }

    private void products(Found dtype) {
        String word = DTYPES.get(dtype.text().replaceFirst("^torch\\.", ""));
        if (word == null) {
            throw new ScenarioException(Problem.at(
                    dtype.position(),
                    Problem.Kind.VALUE,
                    dtype.name() + " is a format of 16 or 32 bits, not '" + dtype.text() + "'",
                    Nearest.hint(dtype.text(), DTYPES.keySet()),
                    "known: bfloat16, float16, float32"));
        }
        draft.infer(PRECISION, word, dtype, "of products; DeepSpeed keeps the weights themselves in 32 bits");
    }

    private Optional<Found> open(String format) {
        return section(format)
                .flatMap(keys -> keys.flag("enabled"))
                .filter(found -> found.text().equals("auto"));
    }

    /** The switch of a section, if it is on; of the section's other keys it is said why they have no part. */
    private Optional<Found> enabled(String format) {
        Optional<JsonObject> section = section(format);
        Optional<Found> flag = section.flatMap(keys -> keys.flag("enabled"));
        section.ifPresent(keys -> keys.ignoreRest(log, IgnoredKeys::reason));
        flag.filter(found -> found.text().equals("auto"))
                .ifPresent(found -> log.note(
                        Fate.OPEN,
                        found,
                        "\"auto\": the trainer decides; --set job.precision=bf16, fp16 or fp32 states it"));
        flag.filter(found -> found.text().equals("false"))
                .ifPresent(found -> log.note(Fate.READ, found, "not enabled"));
        return flag.filter(found -> found.text().equals("true"));
    }
}
