package trainyard.scenario.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which part of a scenario a run covers, as options of the command. The manifest keeps them, so that a repeated run
 * covers the same part.
 *
 * @param quick whether at most three values of each swept path are run
 * @param variants the variants that are run, in the order of the scenario; empty for all
 */
public record Selection(boolean quick, List<String> variants) {

    private static final String QUICK = " --quick";
    private static final Pattern ONLY = Pattern.compile(" --only ((?:'[^']*'|\\\\')+)");
    private static final String ESCAPED_QUOTE = "'\\''";

    public Selection {
        variants = List.copyOf(variants);
    }

    /** The options as a shell reads them, each after a space; empty for the whole scenario. */
    public String options() {
        StringBuilder options = new StringBuilder(quick ? QUICK : "");
        for (String variant : variants) {
            options.append(" --only '")
                    .append(variant.replace("'", ESCAPED_QUOTE))
                    .append('\'');
        }
        return options.toString();
    }

    /** Reads the options out of a command that {@link #options()} ends. */
    public static Selection in(String command) {
        List<String> variants = new ArrayList<>();
        Matcher matcher = ONLY.matcher(command);
        while (matcher.find()) {
            String quoted = matcher.group(1);
            variants.add(quoted.substring(1, quoted.length() - 1).replace(ESCAPED_QUOTE, "'"));
        }
        return new Selection(ONLY.matcher(command).replaceAll("").contains(QUICK), variants);
    }
}
