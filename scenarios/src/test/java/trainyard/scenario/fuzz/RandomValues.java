package trainyard.scenario.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.plan.RecomputeModule;
import trainyard.scenario.format.AmountType;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.FlagType;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.MapType;
import trainyard.scenario.format.NoneType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.OneOrMoreType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.TextType;
import trainyard.scenario.format.ValueType;
import trainyard.scenario.section.job.JobSection;

/** Draws values that a type of the format takes: texts, lists and maps, as they would be written. */
final class RandomValues {

    /** Most whole numbers stay below, so that a scenario takes no longer than one that a person writes. */
    private static final long USUAL_COUNT = 64;

    private static final long LARGE_COUNT = 100_000;

    private static final List<String> TEXTS = List.of("0", "0-1", "1", "2x2x2", "4x4", "a", "a-1", "first");

    /** Files by the key that names them, from the folder of the gallery. */
    private static final Map<String, String> FILES = Map.of(
            "file", "shipped:infinitehbd-stepfun-2024/fault_trace.json",
            "huggingface", "../src/test/resources/trainyard/huggingface/llama-3.1-8b.json",
            "calibration", "../src/test/resources/trainyard/scenario/study/invented-a100.yaml");

    private static final Pattern QUANTITY = Pattern.compile("([-+0-9.eE]*[0-9])(.*)");

    private final UniformRandomProvider random;
    private final Keys drawn;

    /** @param drawn takes down which keys were drawn */
    RandomValues(UniformRandomProvider random, Keys drawn) {
        this.random = random;
        this.drawn = drawn;
    }

    boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    int below(int end) {
        return random.nextInt(end);
    }

    <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** One of several, each as likely as its weight says. */
    <T> T any(List<T> choices, ToIntFunction<T> weight) {
        int place = below(choices.stream().mapToInt(weight).sum());
        for (T choice : choices) {
            place -= weight.applyAsInt(choice);
            if (place < 0) {
                return choice;
            }
        }
        throw new IllegalStateException("the weights changed");
    }

    /** A value of a field; empty where none can be drawn. */
    Optional<Object> of(Field<?> field) {
        if (field == JobSection.RECOMPUTE && happens(0.5)) {
            return Optional.of(any(Recompute.WORDS).word());
        }
        if (field == JobSection.RECOMPUTE) {
            RecomputeModule module = any(List.of(RecomputeModule.values()));
            return Optional.of(List.of(ChoiceType.word(module)));
        }
        return FILES.containsKey(field.key())
                ? Optional.of(FILES.get(field.key()))
                : of(field.type(), field.defaultText());
    }

    private Optional<Object> of(ValueType<?> type, Optional<String> usual) {
        if (type instanceof Section section) {
            return Optional.of(section(section));
        }
        if (type instanceof ListType<?> list) {
            return Optional.of(list(list));
        }
        if (type instanceof OneOrMoreType<?> some) {
            return happens(0.5)
                    ? Optional.of(list(some.list()))
                    : of(some.list().type(), usual);
        }
        if (type instanceof MapType<?> map) {
            Map<String, Object> entries = new LinkedHashMap<>();
            for (int i = below(3); i >= 0; i--) {
                of(map.type(), Optional.empty()).ifPresent(value -> entries.put("k" + below(9), value));
            }
            return entries.isEmpty() ? Optional.empty() : Optional.of(entries);
        }
        return scalar(type, usual);
    }

    private Optional<Object> scalar(ValueType<?> type, Optional<String> usual) {
        if (type instanceof AutoType<?> auto) {
            return happens(0.3) ? Optional.of("auto") : of(auto.type(), usual.filter(text -> !text.equals("auto")));
        }
        if (type instanceof NoneType<?> none) {
            return happens(0.3) ? Optional.of("none") : of(none.type(), usual.filter(text -> !text.equals("none")));
        }
        if (type instanceof ChoiceType<?> choice) {
            return Optional.of(any(List.copyOf(choice.choices().keySet())));
        }
        if (type instanceof FlagType) {
            return Optional.of(happens(0.5) ? "true" : "false");
        }
        if (type instanceof IntegerType whole) {
            return Optional.of(Long.toString(whole(whole)));
        }
        if (type instanceof AmountType amount) {
            return Optional.of(
                    happens(0.3)
                            ? String.format(Locale.ROOT, "%.3f", (1 + below(999)) / 1000.0)
                            : Long.toString(whole(IntegerType.of(amount.noun(), 1, amount.maximum()))));
        }
        if (type instanceof NumberType number) {
            return Optional.of(Double.toString(number(number)));
        }
        if (type instanceof QuantityType quantity) {
            return Optional.of(quantity(quantity, usual));
        }
        if (type instanceof TextType text) {
            List<String> fitting = TEXTS.stream()
                    .filter(one -> !text.pattern().isEmpty() && Pattern.matches(text.pattern(), one))
                    .toList();
            return fitting.isEmpty() ? Optional.empty() : Optional.of(any(fitting));
        }
        return Optional.empty();
    }

    /** A section with what it needs and some of what it may have. */
    Map<String, Object> section(Section section) {
        return section(section, random.nextDouble() * 0.5);
    }

    /** A section with what it needs. */
    Map<String, Object> needed(Section section) {
        return section(section, 0);
    }

    private Map<String, Object> section(Section section, double share) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Field<?> field : section.fields()) {
            if (field.required() || happens(share)) {
                of(field).ifPresent(value -> {
                    values.put(field.key(), value);
                    drawn.add(section, field.key());
                });
            }
        }
        return values;
    }

    private List<Object> list(ListType<?> list) {
        List<Object> items = new ArrayList<>();
        for (int i = below(3); i >= 0; i--) {
            of(list.type(), Optional.empty()).ifPresent(items::add);
        }
        return items;
    }

    private long whole(IntegerType type) {
        long most = Math.min(type.maximum(), happens(0.05) ? LARGE_COUNT : USUAL_COUNT);
        long top = Math.max(type.minimum(), most);
        double spread = Math.exp(random.nextDouble() * Math.log1p(top - type.minimum())) - 1;
        return Math.min(top, type.minimum() + Math.round(spread));
    }

    private double number(NumberType type) {
        double top = Double.isFinite(type.maximum()) ? type.maximum() : Math.max(1, type.minimum()) * 10;
        double drawn = type.minimum() + random.nextDouble() * (top - type.minimum());
        return happens(0.1) ? (happens(0.5) ? type.minimum() : top) : drawn;
    }

    /** Around the default or the example of the unit, a hundredth to a hundredfold; now and then far from it. */
    private String quantity(QuantityType type, Optional<String> usual) {
        if (type.minimum() <= 0 && happens(0.05)) {
            return type.dimension().example().replaceFirst("^[-+0-9.eE]*[0-9]", "0");
        }
        var parts = QUANTITY.matcher(usual.filter(text -> QUANTITY.matcher(text).matches())
                .orElse(type.dimension().example()));
        if (!parts.matches()) {
            throw new IllegalStateException("no number in " + usual);
        }
        double decades = happens(0.03) ? 6 : 2;
        double factor = Math.pow(10, decades * (2 * random.nextDouble() - 1));
        double value = Double.parseDouble(parts.group(1)) * factor;
        boolean whole = parts.group(2).matches(" ?(tokens?|sequences?|steps?|nodes?|GPUs?|samples?)");
        return (whole ? Long.toString(Math.max(1, Math.round(value))) : String.format(Locale.ROOT, "%.4g", value))
                + parts.group(2);
    }
}
