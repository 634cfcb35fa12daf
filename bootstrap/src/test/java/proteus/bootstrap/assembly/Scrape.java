package proteus.bootstrap.assembly;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Metrics in Prometheus' text form 0.0.4, read strictly: every sample belongs to a metric whose help and type came before,
 * none comes twice, and histograms add up.
 *
 * @param types what each metric is, by the name that its samples begin with
 * @param samples values by name and labels, as they were written
 */
record Scrape(Map<String, String> types, Map<String, Double> samples) {

    private static final Pattern HELP = Pattern.compile("# HELP ([a-z_][a-z0-9_]*) \\S.*");
    private static final Pattern TYPE = Pattern.compile("# TYPE ([a-z_][a-z0-9_]*) (counter|gauge|histogram|summary)");
    private static final String LABEL = "[a-z_][a-z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\"";
    private static final Pattern SAMPLE =
            Pattern.compile("([a-z_][a-z0-9_]*)(\\{(" + LABEL + "(?:," + LABEL + ")*)})? (\\S+)");

    /** Reads a scrape; fails with the line that is wrong. */
    static Scrape parse(String text) {
        if (!text.endsWith("\n")) {
            throw new AssertionError("the last line does not end");
        }
        Scrape scrape = new Scrape(new LinkedHashMap<>(), new LinkedHashMap<>());
        Set<String> helped = new HashSet<>();
        for (String line : text.split("\n")) {
            Matcher help = HELP.matcher(line);
            Matcher type = TYPE.matcher(line);
            if (help.matches()) {
                require(helped.add(help.group(1)), line);
            } else if (type.matches()) {
                require(helped.contains(type.group(1)), line);
                require(scrape.types.put(type.group(1), type.group(2)) == null, line);
            } else {
                scrape.addSample(line);
            }
        }
        require(scrape.types.keySet().equals(helped), "help without a type");
        scrape.types.forEach((name, type) -> {
            if (type.equals("histogram")) {
                scrape.requireCumulative(name);
            }
        });
        return scrape;
    }

    private void addSample(String line) {
        Matcher sample = SAMPLE.matcher(line);
        require(sample.matches(), line);
        String name = sample.group(1);
        require(types.containsKey(family(name)), line);
        require(!"counter".equals(types.get(name)) || name.endsWith("_total"), line);
        String labels = sample.group(2) == null ? "" : sample.group(2);
        require(samples.put(name + labels, Double.valueOf(sample.group(4).replace("+Inf", "Infinity"))) == null, line);
    }

    /** The metric that a sample of this name belongs to. */
    String family(String name) {
        for (String end : List.of("_bucket", "_count", "_sum")) {
            String start = name.endsWith(end) ? name.substring(0, name.length() - end.length()) : name;
            String type = types.getOrDefault(start, "");
            if (!start.equals(name) && (type.equals("histogram") || type.equals("summary"))) {
                return start;
            }
        }
        return name;
    }

    private void requireCumulative(String name) {
        Map<String, List<Double>> byLabels = new LinkedHashMap<>();
        samples.forEach((sample, value) -> {
            if (sample.startsWith(name + "_bucket{")) {
                String labels = sample.substring(sample.indexOf('{')).replaceAll(",?le=\"[^\"]*\"", "");
                byLabels.computeIfAbsent(labels, _ -> new ArrayList<>()).add(value);
            }
        });
        require(!byLabels.isEmpty(), name + " has no buckets");
        byLabels.forEach((labels, counts) -> {
            require(counts.equals(counts.stream().sorted().toList()), name + labels);
            require(counts.getLast().equals(samples.get(name + "_count" + labels)), name + labels);
        });
    }

    /** Every name that a query can ask for. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        samples.keySet().forEach(sample -> names.add(sample.replaceAll("\\{.*", "")));
        return names;
    }

    double value(String sample) {
        Double value = samples.get(sample);
        require(value != null, "there is no " + sample);
        return value == null ? Double.NaN : value;
    }

    private static void require(boolean good, String what) {
        if (!good) {
            throw new AssertionError("not of the text form: " + what);
        }
    }
}
