"""States: their names, the adjectives made from them, and their capitals."""

from __future__ import annotations

# state: adjectives and other names; capital
_STATES = """
Afghanistan: Afghan; Kabul
Albania: Albanian; Tirana
Algeria: Algerian; Algiers
Angola: Angolan; Luanda
Argentina: Argentine, Argentinian; Buenos Aires
Armenia: Armenian; Yerevan
Australia: Australian; Canberra
Austria: Austrian; Vienna
Azerbaijan: Azerbaijani, Azeri; Baku
Bahrain: Bahraini; Manama
Bangladesh: Bangladeshi; Dhaka
Belarus: Belarusian, Belarussian; Minsk
Belgium: Belgian;
Bolivia: Bolivian; La Paz
Bosnia: Bosnian, Bosnia and Herzegovina; Sarajevo
Brazil: Brazilian; Brasilia
Bulgaria: Bulgarian; Sofia
Cambodia: Cambodian; Phnom Penh
Cameroon: Cameroonian; Yaounde
Canada: Canadian; Ottawa
Chile: Chilean; Santiago
China: Chinese; Beijing
Colombia: Colombian; Bogota
Croatia: Croatian; Zagreb
Cuba: Cuban; Havana
Cyprus: Cypriot; Nicosia
Czech Republic: Czech, Czechia; Prague
Denmark: Danish; Copenhagen
Ecuador: Ecuadorian; Quito
Egypt: Egyptian; Cairo
Estonia: Estonian; Tallinn
Ethiopia: Ethiopian; Addis Ababa
Finland: Finnish; Helsinki
France: French; Paris
Georgia: Georgian; Tbilisi
Germany: German; Berlin
Ghana: Ghanaian; Accra
Greece: Greek; Athens
Hungary: Hungarian; Budapest
Iceland: Icelandic; Reykjavik
India: Indian; New Delhi
Indonesia: Indonesian; Jakarta
Iran: Iranian, Islamic Republic; Tehran
Iraq: Iraqi; Baghdad
Ireland: Irish; Dublin
Israel: Israeli; Jerusalem
Italy: Italian; Rome
Japan: Japanese; Tokyo
Jordan: Jordanian; Amman
Kazakhstan: Kazakh; Astana
Kenya: Kenyan; Nairobi
Kosovo: Kosovan, Kosovar; Pristina
Kuwait: Kuwaiti;
Kyrgyzstan: Kyrgyz; Bishkek
Latvia: Latvian; Riga
Lebanon: Lebanese; Beirut
Libya: Libyan; Tripoli
Lithuania: Lithuanian; Vilnius
Malaysia: Malaysian; Kuala Lumpur
Mali: Malian; Bamako
Mexico: Mexican; Mexico City
Moldova: Moldovan; Chisinau
Mongolia: Mongolian; Ulaanbaatar
Montenegro: Montenegrin; Podgorica
Morocco: Moroccan; Rabat
Myanmar: Burmese, Burma; Naypyidaw
Nepal: Nepali, Nepalese; Kathmandu
Netherlands: Dutch; Amsterdam
New Zealand: New Zealander; Wellington
Nigeria: Nigerian; Abuja
North Korea: North Korean; Pyongyang
North Macedonia: Macedonian; Skopje
Norway: Norwegian; Oslo
Oman: Omani; Muscat
Pakistan: Pakistani; Islamabad
Palestine: Palestinian; Ramallah
Peru: Peruvian; Lima
Philippines: Philippine, Filipino; Manila
Poland: Polish; Warsaw
Portugal: Portuguese; Lisbon
Qatar: Qatari; Doha
Romania: Romanian; Bucharest
Russia: Russian, Russian Federation; Moscow
Rwanda: Rwandan; Kigali
Saudi Arabia: Saudi, Saudi Arabian; Riyadh
Senegal: Senegalese; Dakar
Serbia: Serbian; Belgrade
Singapore: Singaporean;
Slovakia: Slovak; Bratislava
Slovenia: Slovenian; Ljubljana
Somalia: Somali; Mogadishu
South Africa: South African; Pretoria
South Korea: South Korean; Seoul
South Sudan: South Sudanese; Juba
Spain: Spanish; Madrid
Sri Lanka: Sri Lankan; Colombo
Sudan: Sudanese; Khartoum
Sweden: Swedish; Stockholm
Switzerland: Swiss; Bern
Syria: Syrian; Damascus
Taiwan: Taiwanese; Taipei
Tajikistan: Tajik; Dushanbe
Thailand: Thai; Bangkok
Tunisia: Tunisian; Tunis
Turkey: Turkish, Türkiye; Ankara
Turkmenistan: Turkmen; Ashgabat
Uganda: Ugandan; Kampala
Ukraine: Ukrainian; Kyiv, Kiev
United Arab Emirates: Emirati, UAE; Abu Dhabi
United Kingdom: British, UK, U.K., Britain, Great Britain; London
United States: American, US, U.S., USA, U.S.A., America; Washington
Uruguay: Uruguayan; Montevideo
Uzbekistan: Uzbek; Tashkent
Venezuela: Venezuelan; Caracas
Vietnam: Vietnamese; Hanoi
Yemen: Yemeni; Sanaa
Zimbabwe: Zimbabwean; Harare
"""


def _table() -> tuple[dict[str, str], dict[str, str]]:
    names: dict[str, str] = {}
    capitals: dict[str, str] = {}
    for line in _STATES.strip().splitlines():
        state, rest = line.split(":")
        others, seats = rest.split(";")
        for name in (state, *others.split(",")):
            names[name.strip()] = state
        for seat in filter(None, (one.strip() for one in seats.split(","))):
            capitals[seat] = state
    return names, capitals


_NAMES, _CAPITALS = _table()


def state_of(name: str, *, capitals: bool = False) -> str | None:
    """Give the state that a name or an adjective means, if it means one.

    Capitals count only where they are asked for: news writes *Moscow says* for a
    state, but a person *from Moscow* is not its voice.

    Examples
    --------
    >>> state_of("Iranian"), state_of("U.S."), state_of("Moscow")
    ('Iran', 'United States', None)
    >>> state_of("Moscow", capitals=True)
    'Russia'
    """
    found = _NAMES.get(name)
    return _CAPITALS.get(name) if found is None and capitals else found
