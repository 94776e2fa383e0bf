//! Names and signs of currencies.

use iso_currency::Currency;

/// A currency that a word or sign names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Money {
    /// A code or a sign of one currency.
    Named(Code),
    /// A sign of several currencies and the one that it usually means: "$" gives way to "CAD".
    Usual(Code),
    /// A sign of several currencies, none of which is usual: "kr".
    Unclear(&'static [&'static str]),
}

/// An ISO 4217 code.
pub(super) type Code = &'static str;

/// Returns the currency of a sign.
pub(super) fn money_of_sign(sign: char) -> Option<Money> {
    Some(match sign {
        '$' | '＄' | '﹩' => Money::Usual("USD"),
        '€' => Money::Named("EUR"),
        '£' | '￡' => Money::Usual("GBP"),
        '¥' | '￥' => Money::Usual("JPY"),
        '₹' => Money::Named("INR"),
        '₽' => Money::Named("RUB"),
        '₺' => Money::Named("TRY"),
        '₩' => Money::Usual("KRW"),
        '₴' => Money::Named("UAH"),
        '₪' => Money::Named("ILS"),
        '₫' => Money::Named("VND"),
        '₦' => Money::Named("NGN"),
        '฿' => Money::Named("THB"),
        '₱' => Money::Named("PHP"),
        '₡' => Money::Named("CRC"),
        '₲' => Money::Named("PYG"),
        '₸' => Money::Named("KZT"),
        '₮' => Money::Named("MNT"),
        '₵' => Money::Named("GHS"),
        '₭' => Money::Named("LAK"),
        '₼' => Money::Named("AZN"),
        '₾' => Money::Named("GEL"),
        _ => return None,
    })
}

/// Returns the currency of letters with a sign directly behind them: "US$", "C$".
pub(super) fn money_of_prefixed_sign(letters: &str, sign: char) -> Option<Money> {
    let code = match (letters.to_ascii_uppercase().as_str(), sign) {
        ("US" | "U", '$') => "USD",
        ("A" | "AU", '$') => "AUD",
        ("C" | "CA" | "CAN" | "CDN", '$') => "CAD",
        ("NZ", '$') => "NZD",
        ("HK", '$') => "HKD",
        ("S" | "SG", '$') => "SGD",
        ("NT", '$') => "TWD",
        ("R", '$') => "BRL",
        ("MX" | "MEX", '$') => "MXN",
        ("TT", '$') => "TTD",
        ("J", '$') => "JMD",
        ("EC", '$') => "XCD",
        ("CN", '¥') => "CNY",
        ("JP", '¥') => "JPY",
        ("E" | "LE", '£') => "EGP",
        (code, '$' | '£' | '¥' | '€') => return money_of_code(code),
        _ => return None,
    };
    Some(Money::Named(code))
}

/// Whether the sign of a currency, given by the one that it usually means, may mean another.
#[must_use]
pub fn may_mean(usual: &str, other: &str) -> bool {
    let others: &[Code] = match usual {
        "USD" => &[
            "ARS", "AUD", "BBD", "BMD", "BND", "BRL", "BSD", "BZD", "CAD", "CLP", "COP", "DOP", "FJD", "GYD", "HKD",
            "JMD", "KYD", "LRD", "MXN", "NAD", "NZD", "SGD", "SRD", "TTD", "TWD", "UYU", "XCD",
        ],
        "GBP" => &["EGP", "FKP", "GIP", "LBP", "SDG", "SHP", "SYP"],
        "JPY" => &["CNY"],
        "KRW" => &["KPW"],
        "RUB" => &["BYN"],
        _ => &[],
    };
    usual == other || others.contains(&other)
}

/// Codes that are read in lowercase, too, as few words look like them.
const MAJOR: [Code; 28] = [
    "AED", "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "JPY",
    "KRW", "MXN", "NOK", "NZD", "PLN", "RUB", "SEK", "SGD", "THB", "TWD", "USD", "ZAR",
];

/// Returns the currency of a code in capitals, or of a major one in any case.
pub(super) fn money_of_code(word: &str) -> Option<Money> {
    if word.len() != 3 || !word.is_ascii() {
        return None;
    }
    let upper = word.to_ascii_uppercase();
    let is_special = matches!(upper.as_str(), "XXX" | "XTS");
    if is_special || (word != upper && !MAJOR.contains(&upper.as_str())) {
        return None;
    }
    Currency::from_code(&upper).map(|currency| Money::Named(currency.code()))
}

/// Returns the currency of a folded name.
pub(super) fn money_of_name(folded: &str) -> Option<Money> {
    Some(match folded {
        "euro" | "euros" => Money::Named("EUR"),
        "dollar" | "dollars" | "dolar" | "dolares" | "bucks" => Money::Usual("USD"),
        "us dollar" | "us dollars" | "us-dollar" => Money::Named("USD"),
        "pound" | "pounds" | "sterling" | "pfund" => Money::Usual("GBP"),
        "pounds sterling" | "pound sterling" | "british pounds" => Money::Named("GBP"),
        "yen" | "円" => Money::Named("JPY"),
        "yuan" | "renminbi" | "rmb" | "元" => Money::Named("CNY"),
        "sfr" | "franken" | "swiss franc" | "swiss francs" | "francs suisses" | "francos suizos" => Money::Named("CHF"),
        "zl" | "zloty" | "zlotys" => Money::Named("PLN"),
        "kc" => Money::Named("CZK"),
        "ft" | "forint" => Money::Named("HUF"),
        "rubel" | "roubles" | "rubles" | "rouble" | "ruble" | "rublos" => Money::Usual("RUB"),
        "won" => Money::Usual("KRW"),
        "reais" => Money::Named("BRL"),
        "kr" | "krona" | "kronor" | "krone" | "kroner" | "kronen" => Money::Unclear(&["SEK", "NOK", "DKK"]),
        "rs" | "rupee" | "rupees" | "rupien" | "roupies" => Money::Unclear(&["INR", "PKR", "LKR", "NPR"]),
        "fr" | "franc" | "francs" => Money::Unclear(&["CHF", "XAF", "XOF"]),
        "peso" | "pesos" => Money::Unclear(&["MXN", "ARS", "COP", "CLP", "PHP", "UYU"]),
        "dinar" | "dinars" => Money::Unclear(&["RSD", "KWD", "IQD", "DZD", "TND", "JOD"]),
        _ => return None,
    })
}

/// Returns the name of a common currency in the plural, to tell those apart that share a sign.
#[must_use]
pub fn currency_name(code: &str) -> Option<&'static str> {
    Some(match code {
        "USD" => "US dollars",
        "EUR" => "euros",
        "GBP" => "pounds sterling",
        "JPY" => "yen",
        "CNY" => "yuan",
        "CAD" => "Canadian dollars",
        "AUD" => "Australian dollars",
        "NZD" => "New Zealand dollars",
        "HKD" => "Hong Kong dollars",
        "SGD" => "Singapore dollars",
        "TWD" => "New Taiwan dollars",
        "MXN" => "Mexican pesos",
        "BRL" => "reais",
        "CHF" => "Swiss francs",
        "SEK" => "Swedish kronor",
        "NOK" => "Norwegian kroner",
        "DKK" => "Danish kroner",
        "INR" => "Indian rupees",
        "KRW" => "South Korean won",
        "RUB" => "Russian rubles",
        _ => return None,
    })
}
