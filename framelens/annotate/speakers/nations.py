"""States: their names, the adjectives made from them, and their capitals."""

from __future__ import annotations

# state: adjectives and other names; capital. All members of the United Nations, and
# Kosovo, Palestine, Taiwan and the Vatican. Left out are capitals that are something
# else as often (Georgetown, Victoria) and "Congolese", which two states share.
_STATES = """
Afghanistan: Afghan; Kabul
Albania: Albanian; Tirana
Algeria: Algerian; Algiers
Andorra: Andorran;
Angola: Angolan; Luanda
Antigua and Barbuda: Antiguan;
Argentina: Argentine, Argentinian; Buenos Aires
Armenia: Armenian; Yerevan
Australia: Australian; Canberra
Austria: Austrian; Vienna
Azerbaijan: Azerbaijani, Azeri; Baku
Bahamas: Bahamian, The Bahamas; Nassau
Bahrain: Bahraini; Manama
Bangladesh: Bangladeshi; Dhaka
Barbados: Barbadian; Bridgetown
Belarus: Belarusian, Belarussian; Minsk
Belgium: Belgian;
Belize: Belizean; Belmopan
Benin: Beninese; Porto-Novo
Bhutan: Bhutanese; Thimphu
Bolivia: Bolivian; La Paz
Bosnia: Bosnian, Bosnia and Herzegovina; Sarajevo
Botswana: Botswanan; Gaborone
Brazil: Brazilian; Brasilia
Brunei: Bruneian; Bandar Seri Begawan
Bulgaria: Bulgarian; Sofia
Burkina Faso: Burkinabe, Burkinabé; Ouagadougou
Burundi: Burundian; Gitega
Cambodia: Cambodian; Phnom Penh
Cameroon: Cameroonian; Yaounde
Canada: Canadian; Ottawa
Cape Verde: Cape Verdean, Cabo Verde; Praia
Central African Republic: Central African; Bangui
Chad: Chadian; N'Djamena
Chile: Chilean; Santiago
China: Chinese; Beijing
Colombia: Colombian; Bogota
Comoros: Comorian; Moroni
Costa Rica: Costa Rican; San José
Croatia: Croatian; Zagreb
Cuba: Cuban; Havana
Cyprus: Cypriot; Nicosia
Czech Republic: Czech, Czechia; Prague
Democratic Republic of the Congo: DRC, DR Congo, Democratic Republic of Congo; Kinshasa
Denmark: Danish; Copenhagen
Djibouti: Djiboutian;
Dominica: ; Roseau
Dominican Republic: Dominican; Santo Domingo
East Timor: Timorese, Timor-Leste; Dili
Ecuador: Ecuadorian; Quito
Egypt: Egyptian; Cairo
El Salvador: Salvadoran, Salvadorean; San Salvador
Equatorial Guinea: Equatorial Guinean; Malabo
Eritrea: Eritrean; Asmara
Estonia: Estonian; Tallinn
Eswatini: Swazi, Swaziland; Mbabane
Ethiopia: Ethiopian; Addis Ababa
Fiji: Fijian; Suva
Finland: Finnish; Helsinki
France: French; Paris
Gabon: Gabonese; Libreville
Gambia: Gambian, The Gambia; Banjul
Georgia: Georgian; Tbilisi
Germany: German; Berlin
Ghana: Ghanaian; Accra
Greece: Greek; Athens
Grenada: Grenadian;
Guatemala: Guatemalan; Guatemala City
Guinea: Guinean; Conakry
Guinea-Bissau: Bissau-Guinean; Bissau
Guyana: Guyanese;
Haiti: Haitian; Port-au-Prince
Honduras: Honduran; Tegucigalpa
Hungary: Hungarian; Budapest
Iceland: Icelandic; Reykjavik
India: Indian; New Delhi
Indonesia: Indonesian; Jakarta
Iran: Iranian, Islamic Republic; Tehran
Iraq: Iraqi; Baghdad
Ireland: Irish; Dublin
Israel: Israeli; Jerusalem
Italy: Italian; Rome
Ivory Coast: Ivorian, Côte d'Ivoire, Côte d’Ivoire; Yamoussoukro
Jamaica: Jamaican; Kingston
Japan: Japanese; Tokyo
Jordan: Jordanian; Amman
Kazakhstan: Kazakh; Astana
Kenya: Kenyan; Nairobi
Kiribati: I-Kiribati; Tarawa
Kosovo: Kosovan, Kosovar; Pristina
Kuwait: Kuwaiti;
Kyrgyzstan: Kyrgyz; Bishkek
Laos: Lao, Laotian; Vientiane
Latvia: Latvian; Riga
Lebanon: Lebanese; Beirut
Lesotho: Basotho; Maseru
Liberia: Liberian; Monrovia
Libya: Libyan; Tripoli
Liechtenstein: Liechtensteiner; Vaduz
Lithuania: Lithuanian; Vilnius
Luxembourg: Luxembourgish;
Madagascar: Malagasy; Antananarivo
Malawi: Malawian; Lilongwe
Malaysia: Malaysian; Kuala Lumpur
Maldives: Maldivian; Malé
Mali: Malian; Bamako
Malta: Maltese; Valletta
Marshall Islands: Marshallese; Majuro
Mauritania: Mauritanian; Nouakchott
Mauritius: Mauritian; Port Louis
Mexico: Mexican; Mexico City
Micronesia: Micronesian; Palikir
Moldova: Moldovan; Chisinau
Monaco: Monegasque;
Mongolia: Mongolian; Ulaanbaatar
Montenegro: Montenegrin; Podgorica
Morocco: Moroccan; Rabat
Mozambique: Mozambican; Maputo
Myanmar: Burmese, Burma; Naypyidaw
Namibia: Namibian; Windhoek
Nauru: Nauruan; Yaren
Nepal: Nepali, Nepalese; Kathmandu
Netherlands: Dutch; Amsterdam
New Zealand: New Zealander; Wellington
Nicaragua: Nicaraguan; Managua
Niger: Nigerien; Niamey
Nigeria: Nigerian; Abuja
North Korea: North Korean; Pyongyang
North Macedonia: Macedonian; Skopje
Norway: Norwegian; Oslo
Oman: Omani; Muscat
Pakistan: Pakistani; Islamabad
Palau: Palauan; Ngerulmud
Palestine: Palestinian; Ramallah
Panama: Panamanian; Panama City
Papua New Guinea: Papua New Guinean; Port Moresby
Paraguay: Paraguayan; Asuncion, Asunción
Peru: Peruvian; Lima
Philippines: Philippine, Filipino; Manila
Poland: Polish; Warsaw
Portugal: Portuguese; Lisbon
Qatar: Qatari; Doha
Republic of the Congo: Congo-Brazzaville, Republic of Congo; Brazzaville
Romania: Romanian; Bucharest
Russia: Russian, Russian Federation; Moscow
Rwanda: Rwandan; Kigali
Saint Kitts and Nevis: Kittitian, St Kitts and Nevis; Basseterre
Saint Lucia: Saint Lucian, St Lucia; Castries
Saint Vincent and the Grenadines: Vincentian; Kingstown
Samoa: Samoan; Apia
San Marino: Sammarinese;
Sao Tome and Principe: Santomean, São Tomé and Príncipe;
Saudi Arabia: Saudi, Saudi Arabian; Riyadh
Senegal: Senegalese; Dakar
Serbia: Serbian; Belgrade
Seychelles: Seychellois;
Sierra Leone: Sierra Leonean; Freetown
Singapore: Singaporean;
Slovakia: Slovak; Bratislava
Slovenia: Slovenian; Ljubljana
Solomon Islands: Solomon Islander; Honiara
Somalia: Somali; Mogadishu
South Africa: South African; Pretoria
South Korea: South Korean; Seoul
South Sudan: South Sudanese; Juba
Spain: Spanish; Madrid
Sri Lanka: Sri Lankan; Colombo
Sudan: Sudanese; Khartoum
Suriname: Surinamese; Paramaribo
Sweden: Swedish; Stockholm
Switzerland: Swiss; Bern
Syria: Syrian; Damascus
Taiwan: Taiwanese; Taipei
Tajikistan: Tajik; Dushanbe
Tanzania: Tanzanian; Dodoma
Thailand: Thai; Bangkok
Togo: Togolese; Lome, Lomé
Tonga: Tongan; Nuku'alofa, Nuku’alofa
Trinidad and Tobago: Trinidadian, Trinidad; Port of Spain
Tunisia: Tunisian; Tunis
Turkey: Turkish, Türkiye; Ankara
Turkmenistan: Turkmen; Ashgabat
Tuvalu: Tuvaluan; Funafuti
Uganda: Ugandan; Kampala
Ukraine: Ukrainian; Kyiv, Kiev
United Arab Emirates: Emirati, UAE; Abu Dhabi
United Kingdom: British, UK, U.K., Britain, Great Britain; London
United States: American, US, U.S., USA, U.S.A., America; Washington
Uruguay: Uruguayan; Montevideo
Uzbekistan: Uzbek; Tashkent
Vanuatu: Ni-Vanuatu; Port Vila
Vatican: Holy See, Vatican City;
Venezuela: Venezuelan; Caracas
Vietnam: Vietnamese; Hanoi
Yemen: Yemeni; Sanaa
Zambia: Zambian; Lusaka
Zimbabwe: Zimbabwean; Harare
"""


def _table() -> tuple[dict[str, str], dict[str, str]]:
    names: dict[str, str] = {}
    capitals: dict[str, str] = {}
    for line in _STATES.strip().splitlines():
        state, rest = line.split(":")
        others, seats = rest.split(";")
        for name in filter(None, (one.strip() for one in (state, *others.split(",")))):
            names[name] = state
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
