package trainyard.scenario.verify.sgd.form;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The forms by the words of the column {@code quantity}, each a regular expression over lower-case letters and single blanks. What
 * varies in the words, such as the law of a time, is a group.
 */
public final class GoldenForms {

    private final Map<Pattern, Function<MatchResult, GoldenForm>> forms = new LinkedHashMap<>();

    /** All forms. */
    public static GoldenForms all() {
        GoldenForms forms = new GoldenForms();
        OrderStatisticsForms.addTo(forms);
        IterationTimeForms.addTo(forms);
        SspForms.addTo(forms);
        StalenessForms.addTo(forms);
        StabilityForms.addTo(forms);
        QuadraticForms.addTo(forms);
        ErrorTimeForms.addTo(forms);
        LocalSgdForms.addTo(forms);
        CompressionForms.addTo(forms);
        NoiseScaleForms.addTo(forms);
        ServerForms.addTo(forms);
        PipelineForms.addTo(forms);
        return forms;
    }

    /** Adds a form. */
    void add(String quantity, GoldenForm form) {
        addPattern(quantity, words -> form);
    }

    /** Adds a form that depends on the words. */
    void addPattern(String quantity, Function<MatchResult, GoldenForm> form) {
        forms.put(Pattern.compile(quantity), form);
    }

    /** The first form added that knows the words. */
    public Optional<GoldenForm> find(String quantity) {
        String words = words(quantity);
        for (var entry : forms.entrySet()) {
            Matcher matcher = entry.getKey().matcher(words);
            if (matcher.matches()) {
                return Optional.of(entry.getValue().apply(matcher.toMatchResult()));
            }
        }
        return Optional.empty();
    }

    /** Words in lower case with single blanks. */
    public static String words(String quantity) {
        return quantity.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    }
}
